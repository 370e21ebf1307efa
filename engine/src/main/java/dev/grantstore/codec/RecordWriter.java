package dev.grantstore.codec;

import dev.grantstore.Annotation;
import dev.grantstore.CanonicalForm;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.IdField;
import java.time.Instant;

/**
 * Writes what a row's value holds, into a buffer that is used again and again. One thread.
 *
 * <pre>
 * value := version:u8 (01) GrantRecord           (records.proto, fields in ascending order)
 *        | version:u8 (02) GrantRecord crc32c:u32
 *                                (of the key's bytes and the value's before it, little-endian)
 * </pre>
 *
 * <p>The bytes after the version are those that the generated {@code GrantRecord} class writes for
 * the same fields; this class makes them without its objects. Field 15 is always written, last, so
 * a value that was cut off anywhere is refused by {@link RecordReader}.
 */
public final class RecordWriter {
  private final WireWriter out = new WireWriter();
  private final WireWriter nested = new WireWriter();
  private final RowChecksum checksum = new RowChecksum();
  private final ValueForm valueForm;
  private int recordEnd;

  /** Creates an empty buffer for values without a checksum. */
  public RecordWriter() {
    this(ValueForm.PLAIN);
  }

  /**
   * Creates an empty buffer.
   *
   * @param form of its values
   */
  public RecordWriter(ValueForm form) {
    valueForm = form;
  }

  /** {@return the buffer; its first {@link #length()} bytes are the value until the next encode} */
  public byte[] array() {
    return out.buffer;
  }

  /** {@return the length of the value in bytes} */
  public int length() {
    return out.length;
  }

  /**
   * Encodes a value whose key names the grant only: the references are in the value.
   *
   * @param grant encoded
   * @param form the canonical form of {@code grant}
   */
  public void encodeWithReferences(Grant grant, CanonicalForm form) {
    out.reset();
    out.putRaw(valueForm.version());
    putId(RecordFields.ENTITLEMENT_TYPE, form, IdField.ENTITLEMENT_TYPE);
    putId(RecordFields.ENTITLEMENT_RESOURCE, form, IdField.ENTITLEMENT_RESOURCE);
    putId(RecordFields.ENTITLEMENT_ID, form, IdField.ENTITLEMENT_ID);
    putId(RecordFields.PRINCIPAL_TYPE, form, IdField.PRINCIPAL_TYPE);
    putId(RecordFields.PRINCIPAL_ID, form, IdField.PRINCIPAL_ID);
    putRest(grant);
  }

  /**
   * Encodes a value whose key names everything: only the rest of the grant is in the value.
   *
   * @param grant encoded
   */
  public void encodeRest(Grant grant) {
    out.reset();
    out.putRaw(valueForm.version());
    putRest(grant);
  }

  /**
   * Makes the value that of one row, where its form has a checksum: each key has another.
   *
   * @param key holds the row's key, from its start
   * @param keyLength the key's length
   */
  public void finishFor(byte[] key, int keyLength) {
    if (valueForm == ValueForm.CHECKED) {
      out.length = recordEnd;
      out.putFixed32(checksum.of(key, keyLength, out.buffer, recordEnd));
    }
  }

  private void putId(int field, CanonicalForm form, IdField id) {
    out.putBytes(field, form.array(), form.offset(id), form.length(id));
  }

  private void putRest(Grant grant) {
    out.putTrue(RecordFields.NEEDS_EXPANSION, grant.needsExpansion());
    if (grant.expansion().isPresent()) {
      putExpansion(grant.expansion().get());
    }
    for (GrantSource source : grant.sources()) {
      putSource(source);
    }
    for (Annotation annotation : grant.annotations()) {
      nested.reset();
      nested.putTextUnlessEmpty(1, annotation.typeUrl());
      nested.putBytesUnlessEmpty(2, annotation.value());
      out.putMessage(RecordFields.ANNOTATIONS, nested);
    }
    Instant discovered = grant.discoveredAt();
    putNanos(RecordFields.DISCOVERED_NANOS, discovered.getNano());
    if (grant.expiresAt().isPresent()) {
      Instant expires = grant.expiresAt().get();
      putSeconds(RecordFields.EXPIRES_SECONDS, expires.getEpochSecond());
      putNanos(RecordFields.EXPIRES_NANOS, expires.getNano());
    }
    putSeconds(RecordFields.DISCOVERED_SECONDS, discovered.getEpochSecond());
    recordEnd = out.length;
  }

  private void putSeconds(int field, long seconds) {
    out.putVarint(field, (seconds << 1) ^ (seconds >> 63));
  }

  private void putNanos(int field, int nanos) {
    if (nanos != 0) {
      out.putVarint(field, nanos);
    }
  }

  private void putExpansion(Expansion expansion) {
    nested.reset();
    for (String id : expansion.entitlementIds()) {
      nested.putText(1, id);
    }
    nested.putTrue(2, expansion.shallow());
    for (String id : expansion.resourceTypeIds()) {
      nested.putText(3, id);
    }
    out.putMessage(RecordFields.EXPANSION, nested);
  }

  private void putSource(GrantSource source) {
    nested.reset();
    nested.putTextUnlessEmpty(1, source.sourceId());
    nested.putTextUnlessEmpty(2, source.resourceTypeId());
    nested.putTextUnlessEmpty(3, source.resourceId());
    nested.putTextUnlessEmpty(4, source.entitlementId());
    nested.putTrue(5, source.direct());
    out.putMessage(RecordFields.SOURCES, nested);
  }
}
