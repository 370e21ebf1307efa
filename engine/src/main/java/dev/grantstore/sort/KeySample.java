package dev.grantstore.sort;

import java.util.Arrays;

/**
 * A key of a run, ordered by the key alone; for {@link SplitPoints}.
 *
 * @param key not copied
 * @param rows how many rows of the run it stands for: itself and those up to the next sample
 */
@SuppressWarnings("ArrayRecordComponent") // ordered, never compared with equals
record KeySample(byte[] key, long rows) implements Comparable<KeySample> {
  @Override
  public int compareTo(KeySample other) {
    return Arrays.compareUnsigned(key, other.key);
  }
}
