package dev.grantstore.rocksdb;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.DirectSlice;

/**
 * A key or value on its way into a file, in native memory that is used again and again. One thread.
 *
 * <p>A slice hands its address over; with a plain {@link ByteBuffer} every call asks the JVM for
 * class, address and capacity first, which costs as much as the rest of the crossing.
 */
final class RowSlice implements AutoCloseable {
  private static final int LEAST_BYTES = 4 << 10;

  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private @Nullable DirectSlice slice;
  private int length;

  /** Replaces the content. */
  void fill(byte[] bytes, int offset, int count) {
    DirectSlice target = buffer.capacity() < count || slice == null ? grow(count) : slice;
    buffer.put(0, bytes, offset, count);
    target.setLength(count);
    length = count;
  }

  /** The content as RocksDB takes it, until the next fill. */
  DirectSlice slice() {
    return Objects.requireNonNull(slice, "filled before");
  }

  /** {@return a copy of the content} */
  byte[] toByteArray() {
    byte[] copy = new byte[length];
    buffer.get(0, copy);
    return copy;
  }

  @Override
  public void close() {
    if (slice != null) {
      slice.close();
    }
  }

  private DirectSlice grow(int count) {
    close();
    int capacity = (int) Math.min(Integer.MAX_VALUE - 8, LEAST_BYTES + count + (long) (count >> 1));
    buffer = ByteBuffer.allocateDirect(capacity);
    DirectSlice larger = new DirectSlice(buffer, capacity);
    slice = larger;
    return larger;
  }
}
