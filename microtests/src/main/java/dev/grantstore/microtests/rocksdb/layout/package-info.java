/**
 * The open questions of the layout as benchmarks: ways to lay the same grants out in RocksDB, and
 * what each costs to write, to store and to read. Classes are for JMH; states belong to one thread.
 */
@NullMarked
package dev.grantstore.microtests.rocksdb.layout;

import org.jspecify.annotations.NullMarked;
