package dev.grantstore.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grantstore.Bytes;
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
 * <pre>
 * value := version:u8 (01) SyncRecord                 (records.proto, without fields 11 and 13)
 *        | version:u8 (02) SyncRecord crc32c:u32      (with field 11; the checksum is of the id's
 *                      bytes in the key and the value's before it, little-endian)
 *        | version:u8 (03) SyncRecord crc32c:u32      (with field 13, with field 11 or without)
 * </pre>
 *
 * <p>Accepted are only the bytes that {@link #encode} writes; in version 01 field 10 is always
 * written, last, so a value that was cut off anywhere is refused.
 *
 * @param number the small number that stands for the sync in every key; never used twice
 * @param run the sync as readers see it, with its resume token
 * @param content what it holds now; fixed once sealed
 * @param loading whether a bulk load is at it; such a sync is not seen
 * @param needingExpansion how many of its grants need expansion, or {@link #UNKNOWN}
 * @param packed how it is stored, of one that is sealed and is pages; empty where grants are rows
 */
public record SyncRow(
    int number,
    SyncRun run,
    ContentDigest content,
    boolean loading,
    long needingExpansion,
    Optional<PackedForm> packed) {
  /**
   * How many grants need expansion where nobody has counted them: in syncs that were begun in
   * formats 1 and 2, and in those that an engine takes in as whole files.
   */
  public static final long UNKNOWN = -1;

  /** Those of grants. */
  private static final int KEYSPACES = 4;

  private static final byte UNCOUNTED = 1;
  private static final byte COUNTED = 2;
  private static final byte RESUMABLE = 3;

  /** Checks the count, and that only what is open has a resume token. */
  public SyncRow {
    if (needingExpansion < UNKNOWN) {
      throw new IllegalArgumentException("count is negative: " + needingExpansion);
    }
    if (packed.isPresent() && needingExpansion == UNKNOWN) {
      throw new IllegalArgumentException("packed sync has no count");
    }
    if (loading && run.resumeToken().isPresent()) {
      throw new IllegalArgumentException("sync that is being loaded has a resume token");
    }
  }

  /**
   * Creates a row of a sync whose grants that need expansion were not counted.
   *
   * @param number the number that stands for the sync in every key
   * @param run the sync as readers see it
   * @param content what it holds now
   * @param loading whether a bulk load is at it
   */
  public SyncRow(int number, SyncRun run, ContentDigest content, boolean loading) {
    this(number, run, content, loading, UNKNOWN, Optional.empty());
  }

  /**
   * {@return this row with more content}
   *
   * @param digest what comes to it; may take away
   * @param expanding how many of that need expansion
   */
  public SyncRow plus(ContentDigest digest, long expanding) {
    long counted = needingExpansion == UNKNOWN ? UNKNOWN : needingExpansion + expanding;
    return new SyncRow(number, run, content.plus(digest), loading, counted, packed);
  }

  /**
   * {@return this row of an open sync with another resume token}
   *
   * @param token where to go on
   */
  public SyncRow resumingAt(Bytes token) {
    return new SyncRow(number, run.resumingAt(token), content, loading, needingExpansion, packed);
  }

  /**
   * {@return this row once its sync is sealed}
   *
   * @param endedAt when the run ended
   * @param digest what it holds
   * @param expanding how many of that need expansion, or {@link #UNKNOWN}
   * @param form how it is stored, if as pages
   */
  public SyncRow sealed(
      Instant endedAt, ContentDigest digest, long expanding, Optional<PackedForm> form) {
    return new SyncRow(number, run.sealed(endedAt, digest), digest, false, expanding, form);
  }

  /**
   * {@return this row of a sealed sync in another form}
   *
   * @param form how it is stored
   * @param expanding how many of its grants need expansion
   */
  public SyncRow packedAs(PackedForm form, long expanding) {
    return new SyncRow(number, run, content, false, expanding, Optional.of(form));
  }

  /** {@return this row of a packed sync once the rows of its grants are deleted} */
  public SyncRow withoutRows() {
    return packedAs(packed.orElseThrow().withoutRows(), needingExpansion);
  }

  /** {@return the row's value} */
  public byte[] encode() {
    byte[] message = record().toByteArray();
    byte version = version();
    int end = 1 + message.length;
    byte[] value = new byte[end + (version == UNCOUNTED ? 0 : RowChecksum.BYTES)];
    value[0] = version;
    System.arraycopy(message, 0, value, 1, message.length);
    if (version != UNCOUNTED) {
      TupleWriter id = new TupleWriter();
      id.putElement(run.id());
      int checksum = new RowChecksum().of(id.array(), id.length(), value, end);
      RowChecksum.write(checksum, value, end);
    }
    return value;
  }

  private byte version() {
    if (run.resumeToken().isPresent()) {
      return RESUMABLE;
    }
    return needingExpansion == UNKNOWN ? UNCOUNTED : COUNTED;
  }

  private SyncRecord record() {
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
    if (needingExpansion != UNKNOWN) {
      record.setNeedingExpansion(needingExpansion);
    }
    packed.ifPresent(form -> record.setPacked(record(form)));
    run.resumeToken()
        .ifPresent(token -> record.setResumeToken(ByteString.copyFrom(token.toByteArray())));
    return record.build();
  }

  /**
   * {@return the row that a value holds}
   *
   * @param syncId the sync's id, from the key
   * @param value the row's value
   * @throws MalformedBytesException if it is not a whole value
   */
  public static SyncRow decode(String syncId, byte[] value) throws MalformedBytesException {
    if (value.length == 0 || value[0] < UNCOUNTED || value[0] > RESUMABLE) {
      throw new MalformedBytesException("sync row is empty or of an unknown version", 0);
    }
    int end = value.length - (value[0] == UNCOUNTED ? 0 : RowChecksum.BYTES);
    if (end < 1) {
      throw new MalformedBytesException("sync row is cut off", value.length);
    }
    try {
      SyncRecord record = SyncRecord.parseFrom(Arrays.copyOfRange(value, 1, end));
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
        .setRowsRemain(form.rowsRemain())
        .build();
  }

  private static PackedForm form(SyncRecord record) throws MalformedBytesException {
    PackedRecord packed = record.getPacked();
    if (packed.getPartsCount() != KEYSPACES) {
      throw new MalformedBytesException("sync row does not say how its sync is packed", 0);
    }
    return new PackedForm(packed.getPartsList(), packed.getRowsRemain());
  }

  private static SyncRow decode(String syncId, SyncRecord record) throws MalformedBytesException {
    ContentDigest content =
        new ContentDigest(record.getGrants(), record.getDigestHigh(), record.getDigestLow());
    Instant started = Instant.ofEpochSecond(record.getStartedSeconds(), record.getStartedNanos());
    Instant ended = Instant.ofEpochSecond(record.getEndedSeconds(), record.getEndedNanos());
    SyncRun open = SyncRun.open(syncId, record.getType(), started);
    int number = record.getNumber();
    long expanding = record.hasNeedingExpansion() ? record.getNeedingExpansion() : UNKNOWN;
    return switch (record.getState()) {
      case STATE_OPEN ->
          new SyncRow(number, resumable(open, record), content, false, expanding, Optional.empty());
      case STATE_LOADING -> new SyncRow(number, open, content, true, expanding, Optional.empty());
      case STATE_SEALED ->
          new SyncRow(number, open, content, false)
              .sealed(ended, content, expanding, Optional.empty());
      case STATE_PACKED ->
          new SyncRow(number, open, content, false)
              .sealed(ended, content, expanding, Optional.of(form(record)));
      case STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new MalformedBytesException("sync row has no state", 0);
    };
  }

  private static SyncRun resumable(SyncRun open, SyncRecord record) {
    return record.hasResumeToken()
        ? open.resumingAt(Bytes.copyOf(record.getResumeToken().toByteArray()))
        : open;
  }
}
