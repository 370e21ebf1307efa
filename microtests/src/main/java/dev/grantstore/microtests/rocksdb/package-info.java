/**
 * What reading through the store costs over a bare rocksdbjni loop on the same files: the JMH
 * benchmarks behind the ratios in rfc/results. Besides the engine only this package and that below
 * it use RocksDB.
 */
@NullMarked
package dev.grantstore.microtests.rocksdb;

import org.jspecify.annotations.NullMarked;
