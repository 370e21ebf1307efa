package dev.grantstore.bench.result;

/**
 * What a store takes in memory while it is open and warm: the resident memory of its process then,
 * minus that of the same process before it was opened. Of the Java heap that counts which is in use
 * after a collection, not what the collector keeps. Warm means that every row was read once, and
 * that the read questions of the run were asked, up to 10,000 of each; so caches are as full as
 * these make them.
 *
 * <p>What the JVM itself needed meanwhile, for compiled code and the like, is in it: some MiB,
 * which weigh in a small store. Pages of mapped files are the system's to take back. Of a store
 * that is in the Java heap the heap alone counts.
 *
 * @param bytes all of it; 0 where the process needed no more than before
 * @param heapBytes Java heap in it
 * @param mappedFileBytes pages of mapped files in it
 * @param bytesPerGrant all of it divided by the grants
 */
public record ResidentUse(long bytes, long heapBytes, long mappedFileBytes, double bytesPerGrant) {
  /** Checks the bounds. */
  public ResidentUse {
    Bounds.notNegative("bytes", bytes);
    Bounds.notNegative("heapBytes", heapBytes);
    Bounds.notNegative("mappedFileBytes", mappedFileBytes);
    Bounds.notNegative("bytesPerGrant", bytesPerGrant);
  }
}
