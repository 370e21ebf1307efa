package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.CorruptionException;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import dev.grantstore.sort.MergeCursor;
import dev.grantstore.sort.RowCursor;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a load, merged: keyspace by keyspace, in the order of their keys. For a database that
 * takes rows one after the other in one transaction. Of use once, by one thread.
 *
 * <p>The grants come first: only their keys tell which rows a later one with the same id replaced,
 * and the other keyspaces leave those rows out, by sequence number. A replaced row costs 8 bytes of
 * memory until the load is done.
 */
public final class MergedRows {
  private final RunCollector runs;
  private final ContentDigest added;
  private final DigestAccumulator supersededContent = new DigestAccumulator();
  private final RowReader grantRow = new RowReader(Keyspace.GRANTS);
  private long[] superseded = new long[0];
  private int supersededCount;
  private long expanding;

  /**
   * Prepares a merge.
   *
   * @param sync the load; its runs are released as they are written
   */
  public MergedRows(SortedSync sync) {
    this.runs = sync.runs();
    this.added = sync.content();
  }

  /**
   * Puts all rows.
   *
   * @param <X> how the sink fails
   * @param sink where they go
   * @return what they add up to
   * @throws X if the sink fails
   * @throws IOException if a run cannot be read or removed
   */
  public <X extends Exception> ContentDigest writeTo(RowSink<X> sink) throws X, IOException {
    writeGrants(sink);
    Arrays.sort(superseded, 0, supersededCount);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (keyspace != Keyspace.GRANTS) {
        writeIndex(keyspace, sink);
      }
    }
    return added.minus(supersededContent.digest());
  }

  /** {@return how many of the grants written need expansion} */
  public long expanding() {
    return expanding;
  }

  private <X extends Exception> void writeGrants(RowSink<X> sink) throws X, IOException {
    RowCursor rows = MergeCursor.over(runs.runs(Keyspace.GRANTS), null, null);
    byte @Nullable [] key = null;
    byte[] value = {};
    long sequence = 0;
    while (rows.next()) {
      if (key != null) {
        if (rows.repeatsKey()) {
          supersede(key, value, sequence);
        } else {
          sink.putRow(Keyspace.GRANTS, key, value);
        }
      }
      key = key(rows);
      value = value(rows);
      sequence = rows.sequence();
    }
    if (key != null) {
      sink.putRow(Keyspace.GRANTS, key, value);
    }
    runs.release(Keyspace.GRANTS);
  }

  private <X extends Exception> void writeIndex(Keyspace keyspace, RowSink<X> sink)
      throws X, IOException {
    RowCursor rows = MergeCursor.over(runs.runs(keyspace), null, null);
    while (rows.next()) {
      if (Arrays.binarySearch(superseded, 0, supersededCount, rows.sequence()) < 0) {
        sink.putRow(keyspace, key(rows), value(rows));
        expanding += keyspace == Keyspace.NEEDS_EXPANSION ? 1 : 0;
      }
    }
    runs.release(keyspace);
  }

  private void supersede(byte[] key, byte[] value, long sequence) {
    if (supersededCount == superseded.length) {
      superseded = Arrays.copyOf(superseded, Math.max(16, 2 * supersededCount));
    }
    superseded[supersededCount++] = sequence;
    try {
      grantRow.read(key, key.length, value, value.length);
      supersededContent.add(grantRow.grant());
    } catch (MalformedBytesException e) {
      throw new CorruptionException(
          Keyspace.GRANTS.label(), Bytes.copyOf(key), "loaded row does not decode", e);
    }
  }

  private static byte[] key(RowCursor row) {
    return Arrays.copyOfRange(row.keyArray(), row.keyOffset(), row.keyOffset() + row.keyLength());
  }

  private static byte[] value(RowCursor row) {
    return Arrays.copyOfRange(
        row.valueArray(), row.valueOffset(), row.valueOffset() + row.valueLength());
  }

  /**
   * Where rows go that are encoded already. One thread.
   *
   * @param <X> how it fails
   */
  public interface RowSink<X extends Exception> {
    /**
     * Takes a row.
     *
     * @param keyspace where it belongs
     * @param key its key; the sink's from now on
     * @param value its value; the sink's from now on
     * @throws X if the row cannot be taken
     */
    void putRow(Keyspace keyspace, byte[] key, byte[] value) throws X;
  }
}
