/** Engines and subjects for tests, some of them wrong on purpose. */
@NullMarked
package dev.grantstore.bench.testengine;

import org.jspecify.annotations.NullMarked;
