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
    byte[] value = new byte[DataUtils.readVarInt(in)];
    in.get(value);
    return value;
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }
}
