/**
 * The LMDB engine, {@code lmdb:}: the same keys as the RocksDB engine's, with checksums in the
 * values, in one file with a named LMDB database for each keyspace. The only package that uses
 * LMDB.
 *
 * <p>LMDB maps its file into memory and checks little: what is used after its end, or on two
 * threads at once, ends the JVM. So every native thing has one owner here, and is used in one of
 * two ways only. Writing: under the writer's lock, in a transaction that begins and ends within it,
 * on one thread. Reading: through a {@link dev.grantstore.lmdb.Session}, under its monitor, and
 * what it reads is copied to the heap within. A call enters an {@code OperationGate} first, and
 * closing waits for those inside, ends cursors, snapshots and loads, and closes LMDB last.
 *
 * <p>To LMDB a moment in time is a read transaction. It keeps the pages of its moment from being
 * used again: a snapshot or cursor that stays open while others write makes the file grow, and a
 * file never shrinks.
 *
 * <p>Not promised: LMDB has no checksums and trusts its pages. What is looked at on opening is in
 * {@link dev.grantstore.lmdb.PageCheck}: no damage that passes it ends the JVM. A value, or a key
 * that keeps its place in the order, may be another than was written; the checksums of rows tell
 * that. Where the check is left out, as for large files that are opened for writing, damage may end
 * the JVM. So may a file that somebody changes or cuts while it is open.
 */
@NullMarked
package dev.grantstore.lmdb;

import org.jspecify.annotations.NullMarked;
