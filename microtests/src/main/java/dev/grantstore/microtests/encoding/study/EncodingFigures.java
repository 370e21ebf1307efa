package dev.grantstore.microtests.encoding.study;

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
record EncodingFigures(
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
    long cutsAccepted) {}
