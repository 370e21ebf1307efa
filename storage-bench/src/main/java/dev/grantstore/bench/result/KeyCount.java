package dev.grantstore.bench.result;

/**
 * How many different keys a cell asked for, of how many there are.
 *
 * @param asked keys of rows that exist; 0 where a benchmark has no keys
 * @param missesAsked keys without an answer
 * @param present how many keys the sync has
 */
public record KeyCount(long asked, long missesAsked, long present) {
  /** Of a benchmark that has no keys. */
  public static final KeyCount NONE = new KeyCount(0, 0, 0);

  /** What one read of a key brings into the cache, at most about. */
  private static final long BYTES_PER_KEY = 16 << 10;

  /** Checks the bounds. */
  public KeyCount {
    Bounds.notNegative("asked", asked);
    Bounds.notNegative("missesAsked", missesAsked);
    Bounds.notNegative("present", present);
  }

  /**
   * {@return whether some keys are never asked for, and the others' blocks fit into the cache}
   *
   * @param cacheBytes memory for cached blocks
   */
  public boolean fitsCache(long cacheBytes) {
    return asked > 0 && asked < present && asked <= cacheBytes / BYTES_PER_KEY;
  }

  /**
   * {@return whether the blocks of all keys without an answer fit into the cache}
   *
   * @param cacheBytes memory for cached blocks
   */
  public boolean missesFitCache(long cacheBytes) {
    return missesAsked > 0 && missesAsked < present && missesAsked <= cacheBytes / BYTES_PER_KEY;
  }
}
