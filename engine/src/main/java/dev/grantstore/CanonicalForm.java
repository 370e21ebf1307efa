package dev.grantstore;

import java.time.Instant;
import java.util.Arrays;

/**
 * Writes a grant as its canonical bytes, into a buffer that is used again and again.
 *
 * <p>The canonical form defines what "equal content" means: two grants are equal exactly when their
 * canonical bytes are. {@link ContentDigest} hashes it. Engines may take the ids' UTF-8 bytes from
 * it, so that text is transcoded once; no engine stores it.
 *
 * <pre>
 * form        := id*6 discovered flags expires? expansion? sources annotations
 * id          := text, in the order of {@link IdField}
 * text        := length:u32 utf8-bytes          (all integers little-endian)
 * discovered  := seconds:i64 nanos:u32
 * flags       := u8: bit 0 needsExpansion, bit 1 expansion present, bit 2 expires present
 * expires     := seconds:i64 nanos:u32
 * expansion   := shallow:u8 count:u32 text* count:u32 text*
 * sources     := count:u32 (sourceId:text type:text resource:text entitlement:text direct:u8)*
 * annotations := count:u32 (typeUrl:text value:text)*     (value: its bytes as they are)
 * </pre>
 *
 * <p>Not thread-safe: one per thread.
 */
public final class CanonicalForm {
  private static final IdField[] IDS = IdField.values();

  private byte[] buffer = new byte[512];
  private int length;
  private final int[] idOffsets = new int[IdField.COUNT];
  private final int[] idLengths = new int[IdField.COUNT];

  /** Creates an empty buffer. */
  public CanonicalForm() {}

  /**
   * Replaces the buffer's content by the canonical form of {@code grant}.
   *
   * @param grant encoded
   */
  public void encode(Grant grant) {
    length = 0;
    EntitlementRef e = grant.entitlement();
    PrincipalRef p = grant.principal();
    putId(IdField.GRANT_ID.position(), grant.id());
    putId(IdField.ENTITLEMENT_TYPE.position(), e.resourceTypeId());
    putId(IdField.ENTITLEMENT_RESOURCE.position(), e.resourceId());
    putId(IdField.ENTITLEMENT_ID.position(), e.entitlementId());
    putId(IdField.PRINCIPAL_TYPE.position(), p.resourceTypeId());
    putId(IdField.PRINCIPAL_ID.position(), p.resourceId());
    putInstant(grant.discoveredAt());
    putByte(
        (grant.needsExpansion() ? 1 : 0)
            | (grant.expansion().isPresent() ? 2 : 0)
            | (grant.expiresAt().isPresent() ? 4 : 0));
    grant.expiresAt().ifPresent(this::putInstant);
    grant.expansion().ifPresent(this::putExpansion);
    putInt(grant.sources().size());
    for (GrantSource source : grant.sources()) {
      putText(source.sourceId());
      putText(source.resourceTypeId());
      putText(source.resourceId());
      putText(source.entitlementId());
      putByte(source.direct() ? 1 : 0);
    }
    putInt(grant.annotations().size());
    for (Annotation annotation : grant.annotations()) {
      putText(annotation.typeUrl());
      putInt(annotation.value().length());
      reserve(annotation.value().length());
      annotation.value().copyTo(buffer, length);
      length += annotation.value().length();
    }
  }

  /**
   * Replaces the buffer's content by the canonical form of a row, of which no object is made unless
   * it has details. Bytes of ids are taken as the row has them: what is no text makes another form
   * than any grant's.
   *
   * @param row stands on it
   */
  public void encode(GrantCursor row) {
    if (row.hasDetails()) {
      encode(row.grant());
      return;
    }
    length = 0;
    for (IdField field : IDS) {
      Utf8View id = row.id(field);
      reserve(Integer.BYTES + id.length());
      putInt(id.length());
      idOffsets[field.position()] = length;
      idLengths[field.position()] = id.length();
      id.copyTo(buffer, length);
      length += id.length();
    }
    putLong(row.discoveredSeconds());
    putInt(row.discoveredNanos());
    boolean expires = row.hasExpiry();
    putByte((row.needsExpansion() ? 1 : 0) | (expires ? 4 : 0));
    if (expires) {
      putLong(row.expiresSeconds());
      putInt(row.expiresNanos());
    }
    putInt(0);
    putInt(0);
  }

  /** {@return the buffer; its first {@link #length()} bytes are the form until the next encode} */
  public byte[] array() {
    return buffer;
  }

  /** {@return the length of the form in bytes} */
  public int length() {
    return length;
  }

  /**
   * {@return where the UTF-8 bytes of an id start in {@link #array()}}
   *
   * @param field which id
   */
  public int offset(IdField field) {
    return idOffsets[field.position()];
  }

  /**
   * {@return how many UTF-8 bytes an id has}
   *
   * @param field which id
   */
  public int length(IdField field) {
    return idLengths[field.position()];
  }

  private void putId(int field, String id) {
    idOffsets[field] = length + 4;
    putText(id);
    idLengths[field] = length - idOffsets[field];
  }

  private void putInstant(Instant instant) {
    putLong(instant.getEpochSecond());
    putInt(instant.getNano());
  }

  private void putExpansion(Expansion expansion) {
    putByte(expansion.shallow() ? 1 : 0);
    putInt(expansion.entitlementIds().size());
    expansion.entitlementIds().forEach(this::putText);
    putInt(expansion.resourceTypeIds().size());
    expansion.resourceTypeIds().forEach(this::putText);
  }

  private void putText(String text) {
    reserve(4 + 3 * text.length());
    int start = length + 4;
    int at = start;
    byte[] out = buffer;
    int chars = text.length();
    int i = 0;
    for (char c; i < chars && (c = text.charAt(i)) < 0x80; i++) {
      out[at++] = (byte) c;
    }
    if (i < chars) {
      at = transcode(text, i, out, at);
    }
    putInt(at - start);
    length = at;
  }

  private static int transcode(String text, int from, byte[] out, int offset) {
    int at = offset;
    for (int i = from; i < text.length(); i++) {
      int c = text.codePointAt(i);
      if (c < 0x80) {
        out[at++] = (byte) c;
      } else if (c < 0x800) {
        out[at++] = (byte) (0xc0 | (c >> 6));
        out[at++] = (byte) (0x80 | (c & 0x3f));
      } else if (c < 0x10000) {
        out[at++] = (byte) (0xe0 | (c >> 12));
        out[at++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        out[at++] = (byte) (0x80 | (c & 0x3f));
      } else {
        out[at++] = (byte) (0xf0 | (c >> 18));
        out[at++] = (byte) (0x80 | ((c >> 12) & 0x3f));
        out[at++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        out[at++] = (byte) (0x80 | (c & 0x3f));
        i++;
      }
    }
    return at;
  }

  private void putByte(int value) {
    reserve(1);
    buffer[length++] = (byte) value;
  }

  private void putInt(int value) {
    reserve(4);
    buffer[length++] = (byte) value;
    buffer[length++] = (byte) (value >>> 8);
    buffer[length++] = (byte) (value >>> 16);
    buffer[length++] = (byte) (value >>> 24);
  }

  private void putLong(long value) {
    putInt((int) value);
    putInt((int) (value >>> 32));
  }

  private void reserve(int bytes) {
    if (buffer.length - length < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
    }
  }
}
