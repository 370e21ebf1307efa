/** What the machine and the Java are. Reads, never changes; thread-safe. */
@NullMarked
package dev.grantstore.bench.environment;

import org.jspecify.annotations.NullMarked;
