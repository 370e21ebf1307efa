package dev.grantstore.lmdb;

import dev.grantstore.keyvalue.RowBytes;
import java.util.Arrays;
import java.util.Comparator;
import jnr.ffi.Pointer;
import org.lmdbjava.BufferProxy;
import org.lmdbjava.DbiFlags;

/** Lets lmdbjava work with {@link NativeBytes}. Stateless. */
final class NativeBytesProxy extends BufferProxy<NativeBytes> {
  @Override
  protected NativeBytes allocate() {
    return new NativeBytes();
  }

  @Override
  protected void deallocate(NativeBytes bytes) {
    bytes.point(0, 0);
  }

  @Override
  protected byte[] getBytes(NativeBytes bytes) {
    RowBytes copy = new RowBytes();
    bytes.copyTo(copy);
    return Arrays.copyOf(copy.array(), copy.length());
  }

  @Override
  protected Comparator<NativeBytes> getComparator(DbiFlags... flags) {
    return getUnsignedComparator();
  }

  @Override
  protected Comparator<NativeBytes> getSignedComparator() {
    return getUnsignedComparator();
  }

  /** For lmdbjava's key ranges only, which nobody uses here: LMDB itself compares. */
  @Override
  protected Comparator<NativeBytes> getUnsignedComparator() {
    return (a, b) -> java.util.Arrays.compareUnsigned(getBytes(a), getBytes(b));
  }

  /** Null: there is no memory of lmdbjava's own to be kept for the call. */
  @Override
  @SuppressWarnings("NullAway") // lmdbjava's own proxies return null, too
  protected Pointer in(NativeBytes bytes, Pointer struct) {
    struct.putLong(STRUCT_FIELD_OFFSET_SIZE, bytes.length());
    struct.putAddress(STRUCT_FIELD_OFFSET_DATA, bytes.address());
    return null;
  }

  @Override
  @SuppressWarnings("NullAway") // lmdbjava's own proxies return null, too
  protected Pointer in(NativeBytes bytes, int size, Pointer struct) {
    struct.putLong(STRUCT_FIELD_OFFSET_SIZE, size);
    struct.putAddress(STRUCT_FIELD_OFFSET_DATA, bytes.address());
    return null;
  }

  @Override
  protected NativeBytes out(NativeBytes bytes, Pointer struct) {
    bytes.point(
        struct.getAddress(STRUCT_FIELD_OFFSET_DATA), struct.getLong(STRUCT_FIELD_OFFSET_SIZE));
    return bytes;
  }
}
