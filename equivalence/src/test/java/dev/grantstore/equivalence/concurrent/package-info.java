/** Shows what programs of several threads find, and runs what they found. */
@NullMarked
package dev.grantstore.equivalence.concurrent;

import org.jspecify.annotations.NullMarked;
