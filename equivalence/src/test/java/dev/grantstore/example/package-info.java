/**
 * An engine as somebody outside this project would write it, on nothing but the public types of
 * {@code dev.grantstore}: one immutable value holds everything, a write makes the next. Stores and
 * snapshots are thread-safe; cursors belong to one thread.
 */
@NullMarked
package dev.grantstore.example;

import org.jspecify.annotations.NullMarked;
