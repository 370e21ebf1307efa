package dev.grantstore.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.grantstore.ContentDigest;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.proto.PackedRecord;
import dev.grantstore.codec.proto.SyncRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a store keeps of one sync besides its grants: the value of a sync row. Immutable.
 *
 * <p>Bytes: {@code version:u8 (01) SyncRecord} (records.proto). Accepted are only the bytes that
 * {@link #encode} writes; field 10 is always written, last, so a value that was cut off anywhere is
 * refused.
 *
 * @param number the small number that stands for the sync in every key; never used twice
 * @param run the sync as readers see it
 * @param content what it holds now; fixed once sealed
 * @param loading whether a bulk load is at it; such a sync is not seen
 * @param packed how it is stored, of one that is sealed and is pages; empty where grants are rows
 */
public record SyncRow(
    int number, SyncRun run, ContentDigest content, boolean loading, Optional<PackedForm> packed) {
  private static final byte VERSION = 1;

  /** Those of grants. */
  private static final int KEYSPACES = 4;

  /**
   * Makes a row of a sync that is not packed.
   *
   * @param number the small number that stands for the sync in every key
   * @param run the sync as readers see it
   * @param content what it holds now
   * @param loading whether a bulk load is at it
   */
  public SyncRow(int number, SyncRun run, ContentDigest content, boolean loading) {
    this(number, run, content, loading, Optional.empty());
  }

  /**
   * {@return this row with other content}
   *
   * @param digest what it holds now
   */
  public SyncRow withContent(ContentDigest digest) {
    return new SyncRow(number, run, digest, loading, packed);
  }

  /**
   * {@return this row once its sync is sealed}
   *
   * @param endedAt when the run ended
   * @param digest what it holds
   * @param form how it is stored, if as pages
   */
  public SyncRow sealed(Instant endedAt, ContentDigest digest, Optional<PackedForm> form) {
    return new SyncRow(number, run.sealed(endedAt, digest), digest, false, form);
  }

  /**
   * {@return this row of a sealed sync in another form}
   *
   * @param form how it is stored
   */
  public SyncRow packedAs(PackedForm form) {
    return new SyncRow(number, run, content, false, Optional.of(form));
  }

  /** {@return this row of a packed sync once the rows of its grants are deleted} */
  public SyncRow withoutRows() {
    return packedAs(packed.orElseThrow().withoutRows());
  }

  /** {@return the row's value} */
  public byte[] encode() {
    Instant started = run.startedAt();
    Instant ended = run.endedAt().orElse(Instant.EPOCH);
    SyncRecord.Builder record =
        SyncRecord.newBuilder()
            .setNumber(number)
            .setState(state())
            .setType(run.type())
            .setStartedSeconds(started.getEpochSecond())
            .setStartedNanos(started.getNano())
            .setEndedSeconds(ended.getEpochSecond())
            .setEndedNanos(ended.getNano())
            .setGrants(content.count())
            .setDigestHigh(content.high())
            .setDigestLow(content.low());
    packed.ifPresent(form -> record.setPacked(record(form)));
    byte[] message = record.build().toByteArray();
    byte[] value = new byte[1 + message.length];
    value[0] = VERSION;
    System.arraycopy(message, 0, value, 1, message.length);
    return value;
  }

  /**
   * {@return the row that a value holds}
   *
   * @param syncId the sync's id, from the key
   * @param value the row's value
   * @throws MalformedBytesException if it is not a whole value
   */
  public static SyncRow decode(String syncId, byte[] value) throws MalformedBytesException {
    if (value.length == 0 || value[0] != VERSION) {
      throw new MalformedBytesException("sync row is empty or of an unknown version", 0);
    }
    try {
      SyncRecord record = SyncRecord.parseFrom(Arrays.copyOfRange(value, 1, value.length));
      SyncRow row = decode(syncId, record);
      if (!record.hasDigestLow() || !Arrays.equals(row.encode(), value)) {
        throw new MalformedBytesException("sync row is cut off or not as it was written", 1);
      }
      return row;
    } catch (InvalidProtocolBufferException
        | IllegalArgumentException
        | DateTimeException
        | ArithmeticException e) {
      throw new MalformedBytesException("sync row does not decode", e);
    }
  }

  /** {@return the sync if readers may see it} */
  public Optional<SyncRun> visible() {
    return loading ? Optional.empty() : Optional.of(run);
  }

  private SyncRecord.State state() {
    if (loading) {
      return SyncRecord.State.STATE_LOADING;
    }
    if (run.state() == SyncRun.State.OPEN) {
      return SyncRecord.State.STATE_OPEN;
    }
    return packed.isPresent() ? SyncRecord.State.STATE_PACKED : SyncRecord.State.STATE_SEALED;
  }

  private static PackedRecord record(PackedForm form) {
    return PackedRecord.newBuilder()
        .addAllParts(form.parts())
        .setNeedingExpansion(form.needingExpansion())
        .setRowsRemain(form.rowsRemain())
        .build();
  }

  private static PackedForm form(SyncRecord record) throws MalformedBytesException {
    PackedRecord packed = record.getPacked();
    if (packed.getPartsCount() != KEYSPACES || packed.getNeedingExpansion() < 0) {
      throw new MalformedBytesException("sync row does not say how its sync is packed", 0);
    }
    return new PackedForm(
        packed.getPartsList(), packed.getNeedingExpansion(), packed.getRowsRemain());
  }

  private static SyncRow decode(String syncId, SyncRecord record) throws MalformedBytesException {
    ContentDigest content =
        new ContentDigest(record.getGrants(), record.getDigestHigh(), record.getDigestLow());
    Instant started = Instant.ofEpochSecond(record.getStartedSeconds(), record.getStartedNanos());
    Instant ended = Instant.ofEpochSecond(record.getEndedSeconds(), record.getEndedNanos());
    SyncRun open = SyncRun.open(syncId, record.getType(), started);
    return switch (record.getState()) {
      case STATE_OPEN -> new SyncRow(record.getNumber(), open, content, false);
      case STATE_LOADING -> new SyncRow(record.getNumber(), open, content, true);
      case STATE_SEALED ->
          new SyncRow(record.getNumber(), open.sealed(ended, content), content, false);
      case STATE_PACKED ->
          new SyncRow(record.getNumber(), open.sealed(ended, content), content, false)
              .packedAs(form(record));
      case STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new MalformedBytesException("sync row has no state", 0);
    };
  }
}
