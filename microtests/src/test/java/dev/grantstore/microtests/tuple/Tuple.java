package dev.grantstore.microtests.tuple;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Elements, compared one by one and byte by byte, and the key that was written for them. */
final class Tuple implements Comparable<Tuple> {
  private final List<byte[]> elements;
  private final byte[] key;

  Tuple(List<byte[]> elements, byte[] key) {
    this.elements = elements;
    this.key = key;
  }

  List<byte[]> elements() {
    return elements;
  }

  byte[] key() {
    return key;
  }

  @Override
  public int compareTo(Tuple other) {
    for (int i = 0; i < Math.min(elements.size(), other.elements.size()); i++) {
      int order = compare(elements.get(i), other.elements.get(i));
      if (order != 0) {
        return order;
      }
    }
    return elements.size() - other.elements.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tuple tuple && compareTo(tuple) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  boolean isPrefixOf(Tuple other) {
    if (elements.size() > other.elements.size()) {
      return false;
    }
    for (int i = 0; i < elements.size(); i++) {
      if (compare(elements.get(i), other.elements.get(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  boolean isBytePrefixOf(Tuple other) {
    return key.length <= other.key.length
        && Arrays.equals(key, 0, key.length, other.key, 0, key.length);
  }

  @Override
  public String toString() {
    return elements.stream().map(HexFormat.of()::formatHex).toList().toString();
  }

  /** Naively, so that it shares nothing with what is tested. */
  private static int compare(byte[] one, byte[] other) {
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      int difference = (one[i] & 0xff) - (other[i] & 0xff);
      if (difference != 0) {
        return difference;
      }
    }
    return one.length - other.length;
  }
}
