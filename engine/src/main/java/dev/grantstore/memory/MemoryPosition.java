package dev.grantstore.memory;

import dev.grantstore.GrantStoreException;
import dev.grantstore.NotUtf8Exception;
import dev.grantstore.Reason;
import dev.grantstore.Utf8;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The position in a page token: the place of the last row given.
 *
 * <pre>
 * position := (length:u32 utf8-bytes)*        (big-endian)
 * </pre>
 */
final class MemoryPosition {
  private MemoryPosition() {}

  static byte[] encode(List<String> place) {
    List<byte[]> ids = new ArrayList<>();
    int length = 0;
    for (String id : place) {
      byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
      ids.add(bytes);
      length += Integer.BYTES + bytes.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    for (byte[] bytes : ids) {
      out.putInt(bytes.length).put(bytes);
    }
    return out.array();
  }

  static List<String> decode(byte[] position) {
    ByteBuffer in = ByteBuffer.wrap(position);
    List<String> place = new ArrayList<>();
    try {
      while (in.hasRemaining()) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
          throw malformed();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        place.add(Utf8.decode(bytes));
      }
    } catch (BufferUnderflowException | NotUtf8Exception e) {
      throw malformed();
    }
    return place;
  }

  static GrantStoreException malformed() {
    return new GrantStoreException(Reason.INVALID_PAGE_TOKEN, "page token's position is malformed");
  }
}
