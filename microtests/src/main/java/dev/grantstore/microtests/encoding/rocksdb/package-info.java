/** Rows in a RocksDB database that is made to be weighed. One thread. */
@NullMarked
package dev.grantstore.microtests.encoding.rocksdb;

import org.jspecify.annotations.NullMarked;
