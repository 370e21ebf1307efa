/**
 * The RocksDB engine: the only importer of {@code org.rocksdb}.
 *
 * <p>{@link dev.grantstore.rocksdb.RocksHandles} owns every native object that lives as long as the
 * store; cursors, snapshots and loads are its children. A call enters an {@code OperationGate}
 * before it touches a native object, and closing shuts the gate, waits, ends the children and then
 * releases the handles in reverse, so no misuse of the public API reaches freed memory.
 */
@NullMarked
package dev.grantstore.rocksdb;

import org.jspecify.annotations.NullMarked;
