/** What several forks say together. Pure functions, thread-safe; same input, same output. */
@NullMarked
package dev.grantstore.bench.statistics;

import org.jspecify.annotations.NullMarked;
