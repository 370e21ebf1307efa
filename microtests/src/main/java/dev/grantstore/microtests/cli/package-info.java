/** Prints what the benchmarks do not measure: sizes, of layouts and of encodings. One thread. */
@NullMarked
package dev.grantstore.microtests.cli;

import org.jspecify.annotations.NullMarked;
