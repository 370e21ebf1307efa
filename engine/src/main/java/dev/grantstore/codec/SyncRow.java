package dev.grantstore.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.grantstore.ContentDigest;
import dev.grantstore.SyncRun;
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
 */
public record SyncRow(int number, SyncRun run, ContentDigest content, boolean loading) {
  private static final byte VERSION = 1;

  /**
   * {@return this row with other content}
   *
   * @param digest what it holds now
   */
  public SyncRow withContent(ContentDigest digest) {
    return new SyncRow(number, run, digest, loading);
  }

  /** {@return the row's value} */
  public byte[] encode() {
    SyncRecord.State state =
        loading
            ? SyncRecord.State.STATE_LOADING
            : run.state() == SyncRun.State.OPEN
                ? SyncRecord.State.STATE_OPEN
                : SyncRecord.State.STATE_SEALED;
    Instant started = run.startedAt();
    Instant ended = run.endedAt().orElse(Instant.EPOCH);
    SyncRecord record =
        SyncRecord.newBuilder()
            .setNumber(number)
            .setState(state)
            .setType(run.type())
            .setStartedSeconds(started.getEpochSecond())
            .setStartedNanos(started.getNano())
            .setEndedSeconds(ended.getEpochSecond())
            .setEndedNanos(ended.getNano())
            .setGrants(content.count())
            .setDigestHigh(content.high())
            .setDigestLow(content.low())
            .build();
    byte[] message = record.toByteArray();
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
      case STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new MalformedBytesException("sync row has no state", 0);
    };
  }
}
