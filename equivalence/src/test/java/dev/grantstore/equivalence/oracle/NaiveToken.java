package dev.grantstore.equivalence.oracle;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.grantstore.GrantQuery;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A page token taken apart, as "Page tokens" of rfc/0001 has it.
 *
 * @param version the first byte
 * @param scope what it is bound to
 * @param position the engine's own bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing
record NaiveToken(int version, long scope, byte[] position) {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** {@return the parts of a token} Fails if it is not one. */
  static NaiveToken parse(String text) {
    byte[] bytes = bytes(text);
    int end = bytes.length - 4;
    if (end < 9 || number(bytes, end, 4) != crc32c(Arrays.copyOf(bytes, end))) {
      throw new AssertionError("checksum is wrong: " + text);
    }
    return new NaiveToken(bytes[0], number(bytes, 1, 8), Arrays.copyOfRange(bytes, 9, end));
  }

  /** {@return XXH3-64 over store identity, query kind and every id: characters, then how many} */
  static long scope(UUID store, GrantQuery query) {
    List<String> texts = new ArrayList<>();
    if (query instanceof GrantQuery.ByEntitlement by) {
      var e = by.entitlement();
      texts.addAll(
          List.of(
              "ByEntitlement",
              query.syncId(),
              e.resourceTypeId(),
              e.resourceId(),
              e.entitlementId()));
    } else if (query instanceof GrantQuery.ByEntitlements by) {
      texts.addAll(List.of("ByEntitlements", query.syncId()));
      by.entitlements()
          .forEach(
              e -> texts.addAll(List.of(e.resourceTypeId(), e.resourceId(), e.entitlementId())));
    } else if (query instanceof GrantQuery.ByEntitlementResource on) {
      texts.addAll(
          List.of("ByEntitlementResource", query.syncId(), on.resourceTypeId(), on.resourceId()));
    } else if (query instanceof GrantQuery.ByPrincipal by) {
      var p = by.principal();
      texts.addAll(List.of("ByPrincipal", query.syncId(), p.resourceTypeId(), p.resourceId()));
    } else {
      texts.add(
          query instanceof GrantQuery.Scan
              ? "Scan"
              : query instanceof GrantQuery.ScanByEntitlement
                  ? "ScanByEntitlement"
                  : "NeedingExpansion");
      texts.add(query.syncId());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    little(out, store.getMostSignificantBits(), 8);
    little(out, store.getLeastSignificantBits(), 8);
    for (String text : texts) {
      text.chars().forEach(c -> little(out, c, 2));
      little(out, text.length(), 4);
    }
    return Hashing.xxh3_64().hashBytesToLong(out.toByteArray());
  }

  /** Six bits a character, highest first; what is left over must be zeros and less than a byte. */
  private static byte[] bytes(String text) {
    BigInteger bits = BigInteger.ONE;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (DIGITS.indexOf(c) < 0) {
        throw new AssertionError("not base64url: " + text);
      }
      bits = bits.shiftLeft(6).add(BigInteger.valueOf(DIGITS.indexOf(c)));
    }
    int over = text.length() * 6 % 8;
    if (over == 6 || bits.mod(BigInteger.ONE.shiftLeft(over)).signum() != 0) {
      throw new AssertionError("bits are left over: " + text);
    }
    byte[] marked = bits.shiftRight(over).toByteArray();
    return Arrays.copyOfRange(marked, 1, marked.length);
  }

  /** The checksum of RFC 3720, bit by bit. */
  private static long crc32c(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    return ~crc & 0xffffffffL;
  }

  private static long number(byte[] bytes, int from, int count) {
    return new BigInteger(1, Arrays.copyOfRange(bytes, from, from + count)).longValue();
  }

  private static void little(ByteArrayOutputStream out, long number, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (number >> (8 * i)));
    }
  }
}
