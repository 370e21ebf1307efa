/**
 * The memory engine, {@code memory:}: the plainest store that keeps the contract, and the one that
 * others are judged by. Shares no order, key or index code with them.
 *
 * <p>Stores and snapshots are thread-safe, one call at a time; cursors and bulk parts belong to one
 * thread.
 */
@NullMarked
package dev.grantstore.memory;

import org.jspecify.annotations.NullMarked;
