/**
 * The frame of the command-line tools: one way to parse, to end, to be interrupted, to say what
 * failed and how far work is. Commands run on one thread; what other threads may use says so. Needs
 * picocli, which the engine's users do not.
 */
@NullMarked
package dev.grantstore.tool;

import org.jspecify.annotations.NullMarked;
