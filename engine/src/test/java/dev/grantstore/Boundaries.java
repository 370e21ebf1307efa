package dev.grantstore;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The numbers at which an encoding takes another byte, and those beside them: powers of two by
 * steps of seven bits, as varints grow, and of eight, as fixed numbers do; and both signs of them.
 */
public final class Boundaries {
  private Boundaries() {}

  /** {@return them all, in order} */
  public static List<Long> longs() {
    SortedSet<Long> all = new TreeSet<>(List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L));
    for (int bits = 1; bits < Long.SIZE; bits++) {
      boolean isBoundary = bits % 7 == 0 || bits % 8 == 0 || bits % 8 == 7 || bits == 1;
      for (long near = -1; isBoundary && near <= 1; near++) {
        all.add((1L << bits) + near);
        all.add(-((1L << bits) + near));
      }
    }
    return List.copyOf(all);
  }

  /** {@return those that are ints} */
  public static List<Integer> ints() {
    return longs().stream().filter(n -> n == n.intValue()).map(Long::intValue).toList();
  }

  /** {@return those from 0 to a limit} */
  public static List<Integer> upTo(int most) {
    return ints().stream().filter(n -> n >= 0 && n <= most).toList();
  }

  /**
   * {@return the bytes of an unsigned number in seven bits a byte, lowest first, counted slowly}
   */
  public static byte[] varint(BigInteger unsigned) {
    List<Integer> groups = new ArrayList<>();
    BigInteger left = unsigned;
    do {
      groups.add(left.mod(BigInteger.valueOf(128)).intValue());
      left = left.divide(BigInteger.valueOf(128));
    } while (left.signum() > 0);
    byte[] bytes = new byte[groups.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (groups.get(i) + (i < bytes.length - 1 ? 128 : 0));
    }
    return bytes;
  }

  /** {@return a number's bits in so many bytes, highest first, counted slowly} */
  public static byte[] bigEndian(BigInteger number, int count) {
    byte[] bytes = new byte[count];
    BigInteger left = number.mod(BigInteger.TWO.pow(8 * count));
    for (int i = count - 1; i >= 0; i--) {
      bytes[i] = left.mod(BigInteger.valueOf(256)).byteValue();
      left = left.divide(BigInteger.valueOf(256));
    }
    return bytes;
  }

  /** {@return the number that bits stand for when they have no sign} */
  public static BigInteger unsigned(long bits, int size) {
    return BigInteger.valueOf(bits).mod(BigInteger.TWO.pow(size));
  }
}
