/**
 * The grant store contract: values, reads, writes, errors, and the one door {@link
 * dev.grantstore.GrantStores#open}. Imports no engine.
 *
 * <p>Values are immutable. Stores and snapshots are thread-safe; cursors, bulk parts and the
 * reusable buffers ({@link dev.grantstore.Utf8View}, {@link dev.grantstore.CanonicalForm}) belong
 * to one thread at a time.
 */
@NullMarked
package dev.grantstore;

import org.jspecify.annotations.NullMarked;
