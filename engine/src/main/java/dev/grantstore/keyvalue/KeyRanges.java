package dev.grantstore.keyvalue;

import dev.grantstore.EntitlementRef;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Where the rows of one query are: a range for each prefix of their keys, in the order of the list,
 * and how far a read of them has come. Belongs to that read.
 *
 * <p>A row's position, as page tokens keep it, is its key without the prefix; where a query may
 * have several prefixes, the number of the prefix stands before it:
 *
 * <pre>
 * position := (prefix:u32)? rest-of-key        (big-endian)
 * </pre>
 */
final class KeyRanges {
  private static final byte[] NOWHERE = {};

  private final Keyspace keyspace;
  private final int count;
  private final boolean isNumbered;
  private final IntFunction<byte[]> prefixes;
  private int at;
  private byte[] prefix;
  private byte[] from;

  private KeyRanges(
      Keyspace keyspace, int count, boolean isNumbered, IntFunction<byte[]> prefixes) {
    this.keyspace = keyspace;
    this.count = count;
    this.isNumbered = isNumbered;
    this.prefixes = prefixes;
    this.prefix = count == 0 ? NOWHERE : prefixes.apply(0);
    this.from = prefix;
  }

  /**
   * {@return the ranges of a query, none of them read}
   *
   * @param sync the number of its sync
   * @param scratch written to, and not kept
   */
  static KeyRanges of(GrantQuery query, int sync, TupleWriter scratch) {
    Keyspace keyspace = KeyPrefix.keyspace(query);
    if (query instanceof GrantQuery.ByEntitlements many) {
      List<EntitlementRef> asked = many.entitlements();
      TupleWriter key = new TupleWriter();
      return new KeyRanges(
          keyspace,
          asked.size(),
          true,
          number ->
              prefix(new GrantQuery.ByEntitlement(query.syncId(), asked.get(number)), sync, key));
    }
    byte[] prefix = prefix(query, sync, scratch);
    return new KeyRanges(keyspace, 1, false, only -> prefix);
  }

  private static byte[] prefix(GrantQuery query, int sync, TupleWriter key) {
    KeyPrefix.write(query, sync, key);
    return key.toByteArray();
  }

  Keyspace keyspace() {
    return keyspace;
  }

  /** {@return how many ranges are left to be read, with the one that the read has come to} */
  int left() {
    return count - at;
  }

  /** {@return what the keys of this range start with} */
  byte[] prefix() {
    return prefix;
  }

  /** {@return the key at or after which the next row is; empty if no range is left} */
  byte[] from() {
    return from;
  }

  /** {@return whether the rows of this range are read from behind one of them on} */
  boolean isResumed() {
    return from.length > prefix.length;
  }

  /** {@return whether the read begins before the first row of the range it has come to} */
  boolean isAtStart() {
    return Arrays.equals(from, prefix);
  }

  /** {@return whether there is another range, to which the read has come now} */
  boolean advance() {
    if (left() <= 1) {
      return false;
    }
    moveTo(at + 1);
    return true;
  }

  /** {@return the position of a row of this range} */
  byte[] position(byte[] key) {
    int skipped = prefix.length;
    ByteBuffer out = ByteBuffer.allocate((isNumbered ? Integer.BYTES : 0) + key.length - skipped);
    if (isNumbered) {
      out.putInt(at);
    }
    return out.put(key, skipped, key.length - skipped).array();
  }

  /**
   * Goes on strictly after a row.
   *
   * @throws GrantStoreException with {@link Reason#INVALID_PAGE_TOKEN} if there is no such range
   */
  void resume(byte[] position) {
    ByteBuffer in = ByteBuffer.wrap(position);
    if (isNumbered) {
      int number = in.remaining() < Integer.BYTES ? -1 : in.getInt();
      if (number < 0 || number >= count) {
        throw new GrantStoreException(
            Reason.INVALID_PAGE_TOKEN,
            "page token's position is in none of the lists: number=" + number);
      }
      moveTo(number);
    }
    // The last row's key with a zero byte behind it: the first key strictly after it.
    int length = in.remaining();
    from = Arrays.copyOf(prefix, prefix.length + length + 1);
    in.get(from, prefix.length, length);
  }

  private void moveTo(int number) {
    at = number;
    prefix = prefixes.apply(number);
    from = prefix;
  }
}
