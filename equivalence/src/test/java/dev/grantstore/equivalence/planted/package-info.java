/** Stores with bugs planted in them, to prove what the harness finds. One thread each. */
@NullMarked
package dev.grantstore.equivalence.planted;

import org.jspecify.annotations.NullMarked;
