package dev.grantstore.bench.result;

/**
 * One encoding's figures. Bytes are means for a grant; "all" is all keyspaces together, each with a
 * row that holds the whole grant.
 *
 * @param name of the encoding
 * @param meaning in a few words
 * @param valueBytes value in the keyspace {@code grants}
 * @param indexValueBytes value in an index, whose key names more
 * @param rocksPrimaryBytes in files of RocksDB, keyspace {@code grants}, compressed as the engine's
 * @param rocksAllBytes in files of RocksDB, all
 * @param rocksUncompressedBytes all, blocks not compressed: what they take in the block cache
 * @param sqlitePrimaryBytes in pages of SQLite, keyspace {@code grants}
 * @param sqliteAllBytes in pages of SQLite, all
 * @param encodeNanos to encode a value, an estimate
 * @param decodeNanos to make a grant of a row of {@code grants}, an estimate
 * @param encodeAllocatedBytes heap allocated by that
 * @param decodeAllocatedBytes heap allocated by that
 * @param cutsTried values that were cut off, from empty on
 * @param cutsAccepted those of them that were read as a grant
 */
public record EncodingFigures(
    String name,
    String meaning,
    double valueBytes,
    double indexValueBytes,
    double rocksPrimaryBytes,
    double rocksAllBytes,
    double rocksUncompressedBytes,
    double sqlitePrimaryBytes,
    double sqliteAllBytes,
    double encodeNanos,
    double decodeNanos,
    double encodeAllocatedBytes,
    double decodeAllocatedBytes,
    long cutsTried,
    long cutsAccepted) {

  /** How many grants are projected to. */
  public static final long PROJECTED_GRANTS = 1_000_000_000L;

  private static final double MACHINE_MEMORY_BYTES = 64.0 * (1L << 30);
  private static final double MACHINE_DISK_BYTES = 1L << 40;

  /**
   * {@return disks of 1 TiB that {@link #PROJECTED_GRANTS} take in RocksDB, were all like these}
   */
  public double projectedDisks() {
    return rocksAllBytes * PROJECTED_GRANTS / MACHINE_DISK_BYTES;
  }

  /**
   * {@return machines of 64 GiB of memory that hold {@link #PROJECTED_GRANTS} as uncompressed
   * blocks, were all like these and nothing else in memory}
   */
  public double projectedMachines() {
    return rocksUncompressedBytes * PROJECTED_GRANTS / MACHINE_MEMORY_BYTES;
  }
}
