package dev.grantstore.codec;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.IdField;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Utf8View;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads values that {@link RecordWriter} wrote: the top level without allocating, the rest when a
 * whole grant is asked for. One thread.
 *
 * <p>Refuses an empty value, an unknown version, a checksum that does not fit, fields out of order
 * or twice, unknown fields, bytes behind the last field, and a value without that, which is what
 * cutting off bytes leaves.
 */
public final class RecordReader {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int REFERENCE_FIELDS = 5;
  private static final int LAST_TAG = RecordFields.DISCOVERED_SECONDS << 3 | 7;

  private final RowChecksum checksum = new RowChecksum();
  private byte[] value = new byte[0];
  private int start;
  private int at;
  private int end;
  private boolean needsExpansion;
  private int detailsAt;
  private int detailsEnd;
  private int nanos;
  private long seconds;
  private boolean hasExpiry;
  private long expiresSeconds;
  private int expiresNanos;

  /** Creates a reader that stands on nothing. */
  public RecordReader() {}

  /**
   * Reads the top level of a row's value, and its checksum if it has one. The reader and the views
   * keep pointing into the array.
   *
   * @param key holds the row's key, from its start
   * @param keyLength the key's length
   * @param bytes holds the value, from its start
   * @param length the value's length
   * @param ids pointed at the references, by {@link IdField} order, if the value holds them
   * @param withReferences whether the value must hold the references, or must not
   * @throws MalformedBytesException if it is not a whole value, or not that key's
   */
  public void read(
      byte[] key, int keyLength, byte[] bytes, int length, Utf8View[] ids, boolean withReferences)
      throws MalformedBytesException {
    if (length == 0 || bytes[0] != ValueForm.CHECKED.version()) {
      read(bytes, 0, length, ids, withReferences);
      return;
    }
    if (!checksum.fits(key, keyLength, bytes, length)) {
      throw new MalformedBytesException("checksum does not fit key and value", 0);
    }
    read(ValueForm.CHECKED, bytes, 0, length - RowChecksum.BYTES, ids, withReferences);
  }

  /**
   * Reads the top level of a value that has no checksum. The reader and the views keep pointing
   * into the array.
   *
   * @param bytes holds the value
   * @param offset where it starts
   * @param length its length
   * @param ids pointed at the references, by {@link IdField} order, if the value holds them
   * @param withReferences whether the value must hold the references, or must not
   * @throws MalformedBytesException if it is not a whole value
   */
  public void read(byte[] bytes, int offset, int length, Utf8View[] ids, boolean withReferences)
      throws MalformedBytesException {
    read(ValueForm.PLAIN, bytes, offset, length, ids, withReferences);
  }

  private void read(
      ValueForm form, byte[] bytes, int offset, int length, Utf8View[] ids, boolean withReferences)
      throws MalformedBytesException {
    value = bytes;
    start = offset;
    at = offset;
    end = offset + length;
    needsExpansion = false;
    detailsAt = offset;
    detailsEnd = offset;
    nanos = 0;
    hasExpiry = false;
    expiresSeconds = 0;
    expiresNanos = 0;
    if (length == 0) {
      throw malformed("value is empty");
    }
    if (bytes[at++] != form.version()) {
      throw malformed("value has an unknown version");
    }
    if (withReferences) {
      for (int field = 1; field <= REFERENCE_FIELDS; field++) {
        if (varint() != (((long) field << 3) | LENGTH_DELIMITED)) {
          throw malformed("value lacks a reference");
        }
        int count = bytesHere();
        ids[field].wrap(value, at, count);
        at += count;
      }
    }
    readRest();
  }

  /** {@return {@link Grant#needsExpansion()} of the value read last} */
  public boolean needsExpansion() {
    return needsExpansion;
  }

  /** {@return the seconds of {@link Grant#discoveredAt()} of the value read last} */
  public long discoveredSeconds() {
    return seconds;
  }

  /** {@return the nanoseconds of {@link Grant#discoveredAt()} of the value read last} */
  public int discoveredNanos() {
    return nanos;
  }

  /** {@return whether {@link Grant#expiresAt()} of the value read last is there} */
  public boolean hasExpiry() {
    return hasExpiry;
  }

  /** {@return the seconds of {@link Grant#expiresAt()} of the value read last, 0 without} */
  public long expiresSeconds() {
    return expiresSeconds;
  }

  /** {@return the nanoseconds of {@link Grant#expiresAt()} of the value read last, 0 without} */
  public int expiresNanos() {
    return expiresNanos;
  }

  /** {@return where {@link GrantDetails} of the value read last start, in its array} */
  public int detailsAt() {
    return detailsAt;
  }

  /** {@return how long they are} */
  public int detailsLength() {
    return detailsEnd - detailsAt;
  }

  /**
   * {@return the grant that the value read last holds, with the given ids}
   *
   * @param ids the grant's ids, by {@link IdField} order
   * @throws MalformedBytesException if they are not a grant
   */
  public Grant grant(Utf8View[] ids) throws MalformedBytesException {
    try {
      GrantDetails details = GrantDetails.read(value, detailsAt, detailsEnd - detailsAt);
      return new Grant(
          text(ids, IdField.GRANT_ID),
          new EntitlementRef(
              text(ids, IdField.ENTITLEMENT_TYPE),
              text(ids, IdField.ENTITLEMENT_RESOURCE),
              text(ids, IdField.ENTITLEMENT_ID)),
          new PrincipalRef(text(ids, IdField.PRINCIPAL_TYPE), text(ids, IdField.PRINCIPAL_ID)),
          Instant.ofEpochSecond(seconds, nanos),
          needsExpansion,
          details.expansion(),
          details.sources(),
          details.annotations(),
          hasExpiry
              ? Optional.of(Instant.ofEpochSecond(expiresSeconds, expiresNanos))
              : Optional.empty());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new MalformedBytesException("value is not a grant: " + e.getMessage(), e);
    }
  }

  private void readRest() throws MalformedBytesException {
    int last = -1;
    while (at < end) {
      int fieldAt = at;
      long tag = varint();
      if (tag < 0 || tag > LAST_TAG) {
        throw malformed("unknown field");
      }
      int field = (int) (tag >>> 3);
      boolean repeated = field == RecordFields.SOURCES || field == RecordFields.ANNOTATIONS;
      if (field < last || (field == last && !repeated)) {
        throw malformed("fields are out of order");
      }
      last = field;
      readField(field, (int) (tag & 7), fieldAt);
    }
    if (last != RecordFields.DISCOVERED_SECONDS) {
      throw malformed("value is cut off");
    }
  }

  private void readField(int field, int wireType, int fieldAt) throws MalformedBytesException {
    if (wireType == VARINT && field == RecordFields.DISCOVERED_SECONDS) {
      seconds = zigzag();
    } else if (wireType == VARINT && field == RecordFields.DISCOVERED_NANOS) {
      nanos = nanos();
    } else if (wireType == VARINT && field == RecordFields.EXPIRES_SECONDS) {
      hasExpiry = true;
      expiresSeconds = zigzag();
    } else if (wireType == VARINT && field == RecordFields.EXPIRES_NANOS && hasExpiry) {
      expiresNanos = nanos();
    } else if (wireType == VARINT && field == RecordFields.NEEDS_EXPANSION) {
      needsExpansion = varint() != 0;
    } else if (wireType == LENGTH_DELIMITED
        && field >= RecordFields.EXPANSION
        && field <= RecordFields.ANNOTATIONS) {
      if (detailsAt == detailsEnd) {
        detailsAt = fieldAt;
      }
      int count = bytesHere();
      at += count;
      detailsEnd = at;
    } else {
      throw malformed("unknown field");
    }
  }

  private long zigzag() throws MalformedBytesException {
    long number = varint();
    return (number >>> 1) ^ -(number & 1);
  }

  private int nanos() throws MalformedBytesException {
    long number = varint();
    if (number < 0 || number > 999_999_999) {
      throw malformed("nanoseconds are out of range");
    }
    return (int) number;
  }

  private int bytesHere() throws MalformedBytesException {
    long count = varint();
    if (count < 0 || count > end - at) {
      throw malformed("value is cut off");
    }
    return (int) count;
  }

  private long varint() throws MalformedBytesException {
    long result = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw malformed("value is cut off");
      }
      byte b = value[at++];
      result |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return result;
      }
    }
    throw malformed("number is too long");
  }

  private static String text(Utf8View[] ids, IdField field) throws MalformedBytesException {
    return GrantDetails.text(ids[field.position()], field);
  }

  private MalformedBytesException malformed(String problem) {
    return new MalformedBytesException(problem, at - start);
  }
}
