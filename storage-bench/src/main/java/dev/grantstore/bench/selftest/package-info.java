/**
 * Shows that the gate fires on a delay that was injected and stays silent where nothing differs.
 * One thread, which starts others while forks run.
 */
@NullMarked
package dev.grantstore.bench.selftest;

import org.jspecify.annotations.NullMarked;
