/**
 * What is between two syncs, and what several make together. {@link dev.grantstore.diff.SyncDiff}
 * streams the grants that one sync has and another has not; {@link dev.grantstore.diff.SyncMerge}
 * makes one sync of many. Both work on any {@link dev.grantstore.GrantReader}s, of any engines,
 * through the contract alone, and hold a few grants at a time.
 *
 * <p>Values are immutable. A diff or a merge runs in the thread that calls it.
 */
@NullMarked
package dev.grantstore.diff;

import org.jspecify.annotations.NullMarked;
