package dev.grantstore.bench.result;

import java.util.SortedMap;

/**
 * What a store takes on disk, closed.
 *
 * @param bytes all of it
 * @param method {@code allocated blocks}, or {@code file lengths} where those cannot be had
 * @param keyspaceBytes the files of each keyspace, as the engine says, in file lengths
 * @param otherBytes the rest: log, metadata, and blocks allocated beyond the end of files
 * @param bytesPerGrant all of it divided by the grants
 * @param amplification all of it divided by the grants' canonical bytes; 0 where those are unknown
 */
public record DiskUse(
    long bytes,
    String method,
    SortedMap<String, Long> keyspaceBytes,
    long otherBytes,
    double bytesPerGrant,
    double amplification) {
  /** Checks the bounds. */
  public DiskUse {
    Bounds.notNegative("bytes", bytes);
    Bounds.notNegative("keyspaceBytes", keyspaceBytes);
    Bounds.notNegative("otherBytes", otherBytes);
    Bounds.notNegative("bytesPerGrant", bytesPerGrant);
    Bounds.notNegative("amplification", amplification);
  }
}
