/** Rows in a RocksDB database that is made to be weighed. One thread. */
@NullMarked
package dev.grantstore.bench.encoding.rocksdb;

import org.jspecify.annotations.NullMarked;
