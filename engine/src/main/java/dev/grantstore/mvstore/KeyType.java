package dev.grantstore.mvstore;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Keys: ordered byte by byte, unsigned. Those of one page are written without what each has in
 * common with the one before it. Stateless.
 *
 * <pre>
 * keys := (shared:varint rest:varint rest-bytes)*          shared: with the key before, 0 at first
 * </pre>
 */
final class KeyType extends BasicDataType<byte[]> {
  static final KeyType INSTANCE = new KeyType();

  /** An array's header and the reference to it, about. */
  static final int ARRAY_BYTES = 24;

  private static final byte[] NO_KEY = {};

  private KeyType() {}

  @Override
  public int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }

  @Override
  public int binarySearch(byte[] key, Object storage, int size, int initialGuess) {
    byte[][] keys = (byte[][]) storage;
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(key, keys[middle]);
      if (order > 0) {
        low = middle + 1;
      } else if (order < 0) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return ~low;
  }

  @Override
  public int getMemory(byte[] key) {
    return ARRAY_BYTES + key.length;
  }

  @Override
  public boolean isMemoryEstimationAllowed() {
    // Exact is cheap here, and an estimate of some keys may be far off for others.
    return false;
  }

  @Override
  public void write(WriteBuffer out, byte[] key) {
    out.putVarInt(key.length).put(key);
  }

  @Override
  public byte[] read(ByteBuffer in) {
    return ValueType.INSTANCE.read(in);
  }

  @Override
  public void write(WriteBuffer out, Object storage, int count) {
    byte[][] keys = (byte[][]) storage;
    byte[] before = NO_KEY;
    for (int i = 0; i < count; i++) {
      byte[] key = keys[i];
      int shared = Arrays.mismatch(before, key);
      if (shared < 0) {
        shared = key.length;
      }
      out.putVarInt(shared).putVarInt(key.length - shared).put(key, shared, key.length - shared);
      before = key;
    }
  }

  @Override
  public void read(ByteBuffer in, Object storage, int count) {
    byte[][] keys = (byte[][]) storage;
    byte[] before = NO_KEY;
    for (int i = 0; i < count; i++) {
      int shared = ValueType.length(in, before.length);
      int rest = ValueType.length(in, in.remaining());
      byte[] key = new byte[shared + rest];
      System.arraycopy(before, 0, key, 0, shared);
      in.get(key, shared, rest);
      keys[i] = key;
      before = key;
    }
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }
}
