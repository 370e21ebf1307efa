package dev.grantstore.lmdb;

import com.kenai.jffi.MemoryIO;
import dev.grantstore.keyvalue.RowBytes;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Bytes outside the Java heap: its own, as a key on its way into LMDB, or some of LMDB's, as a key
 * or value that LMDB has found or made room for. One thread at a time.
 *
 * <p>What is LMDB's is valid until the transaction's next call; nobody keeps it. Copies are made by
 * address, so that LMDB's memory need not look like a buffer of the JDK, which would need {@code
 * --add-opens}.
 */
final class NativeBytes {
  private static final MemoryIO MEMORY = MemoryIO.getInstance();
  private static final int LEAST_BYTES = 512;

  private ByteBuffer own = ByteBuffer.allocateDirect(0);
  private long ownAddress;
  private long address;
  private long length;

  /** Copies bytes into its own memory. */
  void set(byte[] bytes, int count) {
    if (own.capacity() < count) {
      own = ByteBuffer.allocateDirect(Math.max(LEAST_BYTES, count));
      ownAddress = MEMORY.getDirectBufferAddress(own);
    }
    own.put(0, bytes, 0, count);
    address = ownAddress;
    length = count;
  }

  /** The number, in native byte order, at an address of LMDB's. */
  static long longAt(long address) {
    return MEMORY.getLong(address);
  }

  /** Points at memory of LMDB's. */
  void point(long newAddress, long newLength) {
    address = newAddress;
    length = newLength;
  }

  long address() {
    return address;
  }

  long length() {
    return length;
  }

  /** Copies all of it. */
  void copyTo(RowBytes target) {
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("length is out of range: " + length);
    }
    int bytes = (int) length;
    MEMORY.getByteArray(address, target.room(bytes), 0, bytes);
    target.filled(bytes);
  }

  /** Fills all of it from the start of an array. */
  void fill(byte[] source, int count) {
    if (count != length) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "room is of another size: bytes=%d room=%d", count, length));
    }
    MEMORY.putByteArray(address, source, 0, count);
  }
}
