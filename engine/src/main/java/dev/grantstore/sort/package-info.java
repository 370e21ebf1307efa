/**
 * A memory-bounded external sort of byte rows: key, value, 64-bit sequence number. Knows nothing of
 * grants or of the engine that the rows go to.
 *
 * <p>Fill a {@link dev.grantstore.sort.RowBuffer}, sort it, keep it as an in-memory {@link
 * dev.grantstore.sort.SortedRun} or spill it to a temporary file, and read all runs as one by
 * {@link dev.grantstore.sort.MergeCursor}, if need be in disjoint parts cut by {@link
 * dev.grantstore.sort.SplitPoints}. Everywhere rows are ordered by key, compared as unsigned bytes
 * with a prefix first, and then by sequence number, compared as signed; rows equal in both come in
 * any order, and none is dropped.
 *
 * <p>Buffers and cursors belong to one thread at a time; runs may be read by several. Nothing is
 * allocated per row.
 */
@NullMarked
package dev.grantstore.sort;

import org.jspecify.annotations.NullMarked;
