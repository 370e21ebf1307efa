/**
 * The command line: parses, prints, maps failures to exit codes. The only package that knows
 * picocli, the console and {@code System.exit}.
 */
@NullMarked
package dev.grantstore.bench.cli;

import org.jspecify.annotations.NullMarked;
