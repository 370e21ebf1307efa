package dev.grantstore.mvstore;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Values: {@code length:varint bytes}. Stateless. */
final class ValueType extends BasicDataType<byte[]> {
  static final ValueType INSTANCE = new ValueType();

  private ValueType() {}

  @Override
  public int getMemory(byte[] value) {
    return KeyType.ARRAY_BYTES + value.length;
  }

  @Override
  public boolean isMemoryEstimationAllowed() {
    return false;
  }

  @Override
  public void write(WriteBuffer out, byte[] value) {
    out.putVarInt(value.length).put(value);
  }

  @Override
  public byte[] read(ByteBuffer in) {
    byte[] value = new byte[length(in, in.remaining())];
    in.get(value);
    return value;
  }

  /**
   * Reads a length before anything is made of it: a damaged one must not end in a lack of memory.
   */
  static int length(ByteBuffer in, int most) {
    int length = DataUtils.readVarInt(in);
    if (length < 0 || length > most) {
      throw DataUtils.newMVStoreException(
          DataUtils.ERROR_FILE_CORRUPT, "length is {0}, most possible is {1}", length, most);
    }
    return length;
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }
}
