package dev.grantstore;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * How engines make and check page tokens, so that every engine refuses the same ones.
 *
 * <pre>
 * token    := base64url without padding of (version:u8 scope:u64 position crc:u32)
 * version  := 1
 * scope    := XXH3-64 over store identity, query kind and every id of the query
 * position := the engine's own bytes: the last row given
 * crc      := CRC-32C of all before it                     (integers big-endian)
 * </pre>
 *
 * <p>The checksum finds damage, not forgery: who can read a store may read all of it.
 */
public final class PageTokenFormat {
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + Long.BYTES;
  private static final int FRAME_BYTES = HEADER_BYTES + Integer.BYTES;
  private static final int MAX_TEXT = 256 << 10;

  private PageTokenFormat() {}

  /**
   * {@return the token for going on after a row}
   *
   * @param store the identity of the store that makes it
   * @param query what is listed
   * @param position the engine's own bytes for the last row given
   */
  public static PageToken write(UUID store, GrantQuery query, byte[] position) {
    ByteBuffer out = ByteBuffer.allocate(FRAME_BYTES + position.length);
    out.put(VERSION).putLong(scope(store, query)).put(position);
    out.putInt(crc(out.array(), HEADER_BYTES + position.length));
    return new PageToken(Base64.getUrlEncoder().withoutPadding().encodeToString(out.array()));
  }

  /**
   * {@return the position in a token that {@link #write} made for the same store and query}
   *
   * @param store the identity of the store that is asked
   * @param query what is listed
   * @param token not the start
   * @throws GrantStoreException with {@link Reason#INVALID_PAGE_TOKEN}
   */
  public static byte[] read(UUID store, GrantQuery query, PageToken token) {
    if (token.text().length() > MAX_TEXT) {
      throw invalid("page token is too long", token);
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token.text());
    } catch (IllegalArgumentException e) {
      throw invalid("page token is not base64url", token);
    }
    boolean canonical =
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(token.text());
    if (bytes.length < FRAME_BYTES || !canonical) {
      throw invalid("page token is damaged", token);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int bodyLength = bytes.length - Integer.BYTES;
    if (in.getInt(bodyLength) != crc(bytes, bodyLength)) {
      throw invalid("page token is damaged", token);
    }
    if (in.get() != VERSION) {
      throw invalid("page token is of another version", token);
    }
    if (in.getLong() != scope(store, query)) {
      throw invalid("page token belongs to another query or store", token);
    }
    return Arrays.copyOfRange(bytes, HEADER_BYTES, bodyLength);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static long scope(UUID store, GrantQuery query) {
    HashStream64 hash = Hashing.xxh3_64().hashStream();
    hash.putLong(store.getMostSignificantBits()).putLong(store.getLeastSignificantBits());
    hash.putString(query.kind()).putString(query.syncId());
    if (query instanceof GrantQuery.ByEntitlement by) {
      put(by.entitlement(), hash);
    } else if (query instanceof GrantQuery.ByEntitlements by) {
      by.entitlements().forEach(e -> put(e, hash));
    } else if (query instanceof GrantQuery.ByEntitlementResource on) {
      hash.putString(on.resourceTypeId()).putString(on.resourceId());
    } else if (query instanceof GrantQuery.ByPrincipal by) {
      PrincipalRef p = by.principal();
      hash.putString(p.resourceTypeId()).putString(p.resourceId());
    } else if (!(query instanceof GrantQuery.Scan
        || query instanceof GrantQuery.ScanByEntitlement
        || query instanceof GrantQuery.NeedingExpansion)) {
      throw new AssertionError("tokens of this kind would fit any query: " + query.kind());
    }
    return hash.getAsLong();
  }

  private static void put(EntitlementRef e, HashStream64 hash) {
    hash.putString(e.resourceTypeId()).putString(e.resourceId()).putString(e.entitlementId());
  }

  private static GrantStoreException invalid(String problem, PageToken token) {
    return new GrantStoreException(
        Reason.INVALID_PAGE_TOKEN, problem + ": " + Excerpt.of(token.text()));
  }
}
