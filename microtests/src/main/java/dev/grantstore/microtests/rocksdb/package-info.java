/**
 * What reading through the store costs over a bare rocksdbjni loop on the same files: the JMH
 * benchmarks behind the ratios in rfc/results. The one place besides the engine that uses RocksDB.
 */
@NullMarked
package dev.grantstore.microtests.rocksdb;

import org.jspecify.annotations.NullMarked;
