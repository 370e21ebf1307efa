package dev.grantstore.sqlite;

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
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts a load's rows into a transaction in the order of their keys, keyspace by keyspace. One
 * thread.
 *
 * <p>The grants come first: only their keys tell which rows a later one with the same id replaced,
 * and the other keyspaces leave those rows out, by sequence number. A replaced row costs 8 bytes of
 * memory until the load is done.
 */
final class BulkMerge implements SqliteWrites.LoadedRows {
  private final BulkRuns runs;
  private final ContentDigest added;
  private final DigestAccumulator supersededContent = new DigestAccumulator();
  private final RowReader grantRow = new RowReader(Keyspace.GRANTS);
  private long[] superseded = new long[0];
  private int supersededCount;

  /**
   * Prepares a merge.
   *
   * @param added what all rows add up to, the replaced ones included
   */
  BulkMerge(BulkRuns runs, ContentDigest added) {
    this.runs = runs;
    this.added = added;
  }

  @Override
  public ContentDigest writeTo(RowBatch batch) throws SQLException, IOException {
    writeGrants(batch);
    Arrays.sort(superseded, 0, supersededCount);
    for (Keyspace keyspace : Keyspace.values()) {
      if (keyspace != Keyspace.GRANTS) {
        writeIndex(keyspace, batch);
      }
    }
    return added.minus(supersededContent.digest());
  }

  private void writeGrants(RowBatch batch) throws SQLException, IOException {
    RowCursor rows = MergeCursor.over(runs.of(Keyspace.GRANTS), null, null);
    byte @Nullable [] key = null;
    byte[] value = {};
    long sequence = 0;
    while (rows.next()) {
      if (key != null) {
        if (rows.repeatsKey()) {
          supersede(key, value, sequence);
        } else {
          batch.putRow(Keyspace.GRANTS, key, value);
        }
      }
      key = key(rows);
      value = value(rows);
      sequence = rows.sequence();
    }
    if (key != null) {
      batch.putRow(Keyspace.GRANTS, key, value);
    }
    runs.release(Keyspace.GRANTS);
  }

  private void writeIndex(Keyspace keyspace, RowBatch batch) throws SQLException, IOException {
    RowCursor rows = MergeCursor.over(runs.of(keyspace), null, null);
    while (rows.next()) {
      if (Arrays.binarySearch(superseded, 0, supersededCount, rows.sequence()) < 0) {
        batch.putRow(keyspace, key(rows), value(rows));
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
}
