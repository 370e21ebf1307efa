/**
 * Mends stores: {@link dev.grantstore.repair.SyncMending} makes indexes and digests of a sync what
 * its grants say, where they are.
 *
 * <p>Runs in the thread that calls it.
 */
@NullMarked
package dev.grantstore.repair;

import org.jspecify.annotations.NullMarked;
