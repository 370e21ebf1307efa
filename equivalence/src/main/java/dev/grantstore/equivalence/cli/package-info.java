/** The command line: {@code equiv}. Prints, and turns what came out into exit codes. One thread. */
@NullMarked
package dev.grantstore.equivalence.cli;

import org.jspecify.annotations.NullMarked;
