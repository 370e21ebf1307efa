package dev.grantstore.packed;

/**
 * Numbers as a line and what they are above it: {@code number = min + row * step + rest}, the rest
 * in as few bits as possible. All sums are modulo 2^64.
 *
 * @param min the least distance from the line through 0
 * @param step the line's slope
 * @param bits how many the greatest rest takes; above {@link PageBytes#MOST_BITS} if they do not
 *     fit into a packed value
 */
record Fit(long min, long step, int bits) {
  /** {@return the better of a level line and one through the first and the last number} */
  static Fit of(long[] numbers, int count) {
    Fit level = of(numbers, count, 0);
    if (count < 2) {
      return level;
    }
    Fit sloped = of(numbers, count, (numbers[count - 1] - numbers[0]) / (count - 1));
    return sloped.bits < level.bits ? sloped : level;
  }

  private static Fit of(long[] numbers, int count, long step) {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      long above = numbers[i] - i * step;
      least = Math.min(least, above);
      greatest = Math.max(greatest, above);
    }
    return new Fit(least, step, Long.SIZE - Long.numberOfLeadingZeros(greatest - least));
  }

  /** Leaves what is packed of each number. */
  void subtractFrom(long[] numbers, int count) {
    for (int i = 0; i < count; i++) {
      numbers[i] -= min + i * step;
    }
  }

  long packedBytes(int count) {
    return PageBytes.packedBytes(count, bits);
  }
}
