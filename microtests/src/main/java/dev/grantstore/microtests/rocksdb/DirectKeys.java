package dev.grantstore.microtests.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keys in direct buffers, and direct buffers for their values. One thread. */
final class DirectKeys {
  private static final int VALUE_BYTES = 1 << 10;

  private final List<ByteBuffer> keys = new ArrayList<>();
  private final List<ByteBuffer> values = new ArrayList<>();

  DirectKeys(List<byte[]> wanted) {
    for (byte[] key : wanted) {
      keys.add(ByteBuffer.allocateDirect(key.length).put(key).flip());
      values.add(ByteBuffer.allocateDirect(VALUE_BYTES));
    }
  }

  /** The keys, from their beginning. */
  List<ByteBuffer> keys() {
    keys.forEach(ByteBuffer::rewind);
    return keys;
  }

  /** The buffers for values, empty. */
  List<ByteBuffer> emptyValues() {
    values.forEach(ByteBuffer::clear);
    return values;
  }
}
