package dev.grantstore.microtests.rocksdb.layout;

import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;

/** Ways to lay the rows of grants out; each differs from {@link #ENGINE} in one thing. */
public enum Layout {
  /**
   * As the engine has it: covering indexes, a family each, blocks of 16 KiB, ZSTD 1, a filter of
   * grant ids and none of index keys.
   */
  ENGINE,
  /** Index rows name the grant only; it is looked up by its id. */
  INDEX_AND_LOOKUP,
  /** Keys of hashes, all ids in the value. */
  FLAT_KEYS,
  /** All rows in one column family, told apart by the first byte of the key. */
  ONE_FAMILY,
  /** Blocks of 4 KiB. */
  BLOCK_4K,
  /** Blocks of 8 KiB. */
  BLOCK_8K,
  /** Blocks of 64 KiB. */
  BLOCK_64K,
  /** No filter at all. */
  NO_FILTER,
  /** A hash index inside each block. */
  HASH_INDEX,
  /** A filter of the principals in {@code BY_PRINCIPAL}. */
  PRINCIPAL_FILTER,
  /** A filter of principal with entitlement in {@code BY_PRINCIPAL}. */
  HOLDING_FILTER,
  /** One more family whose keys are principal with entitlement, filtered: asked by a get. */
  HOLDING_ROWS,
  /** Not compressed. */
  UNCOMPRESSED,
  /** LZ4. */
  LZ4,
  /** LZ4, and ZSTD 1 at the last level. */
  LZ4_AND_ZSTD_LAST,
  /** ZSTD 3. */
  ZSTD_3,
  /** ZSTD 6. */
  ZSTD_6,
  /** ZSTD 9. */
  ZSTD_9,
  /** ZSTD 1 with a dictionary of 16 KiB for each file. */
  ZSTD_DICTIONARY,
  /** The same with blocks of 4 KiB. */
  BLOCK_4K_DICTIONARY;

  private static final int BITS_PER_KEY = 10;
  private static final int DICTIONARY_BYTES = 16 << 10;
  private static final int TRAINING_BYTES = 100 * DICTIONARY_BYTES;

  boolean isCovering() {
    return this != INDEX_AND_LOOKUP;
  }

  boolean isOneFamily() {
    return this == ONE_FAMILY;
  }

  KeyForm keys() {
    return this == FLAT_KEYS ? new FlatKeys() : new CompositeKeys();
  }

  List<Table> tables() {
    return this == HOLDING_ROWS
        ? List.of(Table.values())
        : List.of(Table.GRANTS, Table.BY_ENTITLEMENT, Table.BY_PRINCIPAL);
  }

  /** Whether a list of a principal's grants may be asked by what the filter knows. */
  boolean filtersPrincipals() {
    return this == PRINCIPAL_FILTER;
  }

  /** Whether it may be asked by what the filter knows whether a principal holds something. */
  boolean filtersHoldings() {
    return this == PRINCIPAL_FILTER || this == HOLDING_FILTER;
  }

  /** Options of a table's family, and of files to go into it. What is native goes to the owner. */
  ColumnFamilyOptions options(Table table, LayoutRows rows, NativeObjects owner) {
    ColumnFamilyOptions options = owner.own(new ColumnFamilyOptions());
    BlockBasedTableConfig blocks = new BlockBasedTableConfig().setFormatVersion(6);
    blocks.setBlockCache(owner.cache());
    blocks.setBlockSize(blockBytes());
    if (this == HASH_INDEX) {
      blocks.setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash);
    }
    boolean hasPrefixFilter = table == Table.BY_PRINCIPAL && filtersHoldings();
    if (hasPrefixFilter) {
      options.useCappedPrefixExtractor(
          filtersPrincipals() ? rows.principalPrefixBytes() : rows.holdingPrefixBytes());
      blocks.setWholeKeyFiltering(false);
    }
    boolean isAskedForKeys = table == Table.GRANTS || table == Table.HOLDINGS;
    if (hasPrefixFilter || (isAskedForKeys && this != NO_FILTER)) {
      blocks.setFilterPolicy(owner.own(new BloomFilter(BITS_PER_KEY)));
    }
    compress(options, owner);
    return options.setTableFormatConfig(blocks);
  }

  private long blockBytes() {
    return switch (this) {
      case BLOCK_4K, BLOCK_4K_DICTIONARY -> 4 << 10;
      case BLOCK_8K -> 8 << 10;
      case BLOCK_64K -> 64 << 10;
      default -> 16 << 10;
    };
  }

  private void compress(ColumnFamilyOptions options, NativeObjects owner) {
    options.setCompressionType(
        switch (this) {
          case UNCOMPRESSED -> CompressionType.NO_COMPRESSION;
          case LZ4, LZ4_AND_ZSTD_LAST -> CompressionType.LZ4_COMPRESSION;
          default -> CompressionType.ZSTD_COMPRESSION;
        });
    CompressionOptions compression = owner.own(new CompressionOptions());
    if (this != LZ4 && this != LZ4_AND_ZSTD_LAST) {
      compression.setLevel(zstdLevel());
    }
    if (this == ZSTD_DICTIONARY || this == BLOCK_4K_DICTIONARY) {
      compression.setMaxDictBytes(DICTIONARY_BYTES).setZStdMaxTrainBytes(TRAINING_BYTES);
    }
    options.setCompressionOptions(compression);
    if (this == LZ4_AND_ZSTD_LAST) {
      options.setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
      options.setBottommostCompressionOptions(
          owner.own(new CompressionOptions().setEnabled(true).setLevel(zstdLevel())));
    }
  }

  private int zstdLevel() {
    return switch (this) {
      case ZSTD_3 -> 3;
      case ZSTD_6 -> 6;
      case ZSTD_9 -> 9;
      default -> 1;
    };
  }
}
