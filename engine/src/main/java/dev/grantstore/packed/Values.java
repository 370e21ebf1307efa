package dev.grantstore.packed;

import dev.grantstore.Utf8View;
import java.util.Arrays;

/** Byte strings one after the other, in a buffer that is used again and again. One thread. */
final class Values {
  /** A heap has so many bytes behind its last value, so that eight can be read anywhere. */
  private static final int SLACK_BYTES = 8;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private byte[] heap = new byte[1 << 12];
  private int[] ends = new int[256];
  private int count;

  void clear() {
    count = 0;
  }

  void add(Utf8View value) {
    int start = heapLength();
    reserve(value.length());
    value.copyTo(heap, start);
    ends[count++] = start + value.length();
  }

  void add(byte[] from, int at, int length) {
    int start = heapLength();
    reserve(length);
    System.arraycopy(from, at, heap, start, length);
    ends[count++] = start + length;
  }

  int count() {
    return count;
  }

  byte[] heap() {
    return heap;
  }

  int heapLength() {
    return count == 0 ? 0 : ends[count - 1];
  }

  int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  int end(int index) {
    return ends[index];
  }

  int length(int index) {
    return ends[index] - start(index);
  }

  boolean same(int a, int b) {
    return Arrays.equals(heap, start(a), end(a), heap, start(b), end(b));
  }

  int hash(int index) {
    int at = start(index);
    int end = end(index);
    long hash = (end - at) * MIX;
    for (; at + 8 <= end; at += 8) {
      hash = (hash ^ PageBytes.i64(heap, at)) * MIX;
      hash ^= hash >>> 32;
    }
    if (at < end) {
      // Behind the end is anything.
      hash = (hash ^ (PageBytes.i64(heap, at) & PageBytes.mask(8 * (end - at)))) * MIX;
      hash ^= hash >>> 32;
    }
    return (int) (hash ^ (hash >>> 16));
  }

  private void reserve(int length) {
    int needed = Math.addExact(heapLength(), length + SLACK_BYTES);
    if (heap.length < needed) {
      heap = Arrays.copyOf(heap, Math.max(2 * heap.length, needed));
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
  }
}
