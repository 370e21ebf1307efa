package dev.grantstore.microtests.rocksdb;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;

/** Ways to lay the rows of grants out; each differs from {@link #ENGINE} in one thing. */
public enum Layout {
  /**
   * As the engine has it: covering indexes, a family each, blocks of 16 KiB, ZSTD 1, bloom filter.
   */
  ENGINE,
  /** Index rows name the grant only; it is looked up by its id. */
  INDEX_AND_LOOKUP,
  /** All keyspaces in one column family, told apart by the first byte of the key. */
  ONE_FAMILY,
  /** Blocks of 4 KiB. */
  BLOCK_4K,
  /** Blocks of 64 KiB. */
  BLOCK_64K,
  /** No filter. */
  NO_FILTER,
  /** A filter of the first parts of index keys, those of one principal or one entitlement. */
  PREFIX_FILTER,
  /** A hash index inside each block. */
  HASH_INDEX,
  /** Not compressed. */
  UNCOMPRESSED,
  /** LZ4. */
  LZ4,
  /** ZSTD 1 at the last level, LZ4 above it: rows are at the last level here. */
  LZ4_AND_ZSTD_LAST,
  /** ZSTD 6. */
  ZSTD_6,
  /** ZSTD 1 with a dictionary of 16 KiB for each file. */
  ZSTD_DICTIONARY;

  private static final int BITS_PER_KEY = 10;
  private static final int DICTIONARY_BYTES = 16 << 10;

  boolean isCovering() {
    return this != INDEX_AND_LOOKUP;
  }

  boolean isOneFamily() {
    return this == ONE_FAMILY;
  }

  /** Sets what a family of index rows, or of grants, needs. Native options go to {@code owner}. */
  void apply(ColumnFamilyOptions options, boolean isIndex, int prefixBytes, NativeObjects owner) {
    BlockBasedTableConfig table = new BlockBasedTableConfig().setFormatVersion(6);
    table.setBlockSize(
        switch (this) {
          case BLOCK_4K -> 4 << 10;
          case BLOCK_64K -> 64 << 10;
          default -> 16 << 10;
        });
    table.setBlockCache(owner.cache());
    boolean isFiltered = isIndex ? this == PREFIX_FILTER : this != NO_FILTER;
    if (isFiltered || (isOneFamily() && !isIndex)) {
      table.setFilterPolicy(owner.own(new BloomFilter(BITS_PER_KEY)));
    }
    if (this == PREFIX_FILTER && isIndex) {
      options.useCappedPrefixExtractor(prefixBytes);
      table.setWholeKeyFiltering(false);
    }
    if (this == HASH_INDEX) {
      table.setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash);
    }
    options.setTableFormatConfig(table);
    options.setCompressionType(
        switch (this) {
          case UNCOMPRESSED -> CompressionType.NO_COMPRESSION;
          case LZ4, LZ4_AND_ZSTD_LAST -> CompressionType.LZ4_COMPRESSION;
          default -> CompressionType.ZSTD_COMPRESSION;
        });
    CompressionOptions compression = owner.own(new CompressionOptions());
    compression.setLevel(this == ZSTD_6 ? 6 : 1);
    if (this == ZSTD_DICTIONARY) {
      compression.setMaxDictBytes(DICTIONARY_BYTES).setZStdMaxTrainBytes(100 * DICTIONARY_BYTES);
    }
    options.setCompressionOptions(compression);
    if (this == LZ4_AND_ZSTD_LAST) {
      options.setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
      options.setBottommostCompressionOptions(
          owner.own(new CompressionOptions().setEnabled(true).setLevel(1)));
    }
  }
}
