package dev.grantstore.rocksdb;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import dev.grantstore.sort.RowCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Writes the rows of one key range of one keyspace into one file: of equal keys the last row, and
 * none that was superseded. One thread.
 */
final class SstPart implements Callable<SstPart.Written> {
  /**
   * What came of it.
   *
   * @param file the file, or null if there was no row
   * @param superseded sequence numbers of the rows that a later one with the same key replaced
   * @param supersededContent what those rows add up to; only of rows that hold whole grants
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Written(@Nullable Path file, long[] superseded, ContentDigest supersededContent) {}

  private final RocksHandles handles;
  private final Keyspace keyspace;
  private final RowCursor rows;
  private final Path file;
  private final long[] passOver;
  private final NativeOwner owner = new NativeOwner();
  private final DigestAccumulator supersededContent = new DigestAccumulator();
  private final RowSlice key = owner.own(new RowSlice());
  private final RowSlice value = owner.own(new RowSlice());
  private long pending = -1;
  private long[] superseded = new long[0];
  private int supersededCount;
  private @Nullable SstFileWriter writer;

  /**
   * Prepares a part.
   *
   * @param rows in order; read to the end
   * @param passOver ascending sequence numbers of rows to leave out
   */
  SstPart(RocksHandles handles, Keyspace keyspace, RowCursor rows, Path file, long[] passOver) {
    this.handles = handles;
    this.keyspace = keyspace;
    this.rows = rows;
    this.file = file;
    this.passOver = passOver;
  }

  @Override
  public Written call() throws IOException, RocksDBException, MalformedBytesException {
    try (owner) {
      while (rows.next()) {
        if (passOver.length == 0 || Arrays.binarySearch(passOver, rows.sequence()) < 0) {
          take();
        }
      }
      writePending();
      if (writer != null) {
        writer.finish();
      }
      return new Written(
          writer == null ? null : file,
          Arrays.copyOf(superseded, supersededCount),
          supersededContent.digest());
    }
  }

  private void take() throws RocksDBException, MalformedBytesException {
    if (pending >= 0 && rows.repeatsKey() && keyspace == Keyspace.GRANTS) {
      supersede();
    } else {
      writePending();
    }
    key.fill(rows.keyArray(), rows.keyOffset(), rows.keyLength());
    value.fill(rows.valueArray(), rows.valueOffset(), rows.valueLength());
    pending = rows.sequence();
  }

  private void writePending() throws RocksDBException {
    if (pending >= 0) {
      SstFileWriter target = writer;
      if (target == null) {
        Options options = handles.fileOptions(owner, keyspace);
        target = owner.own(new SstFileWriter(owner.own(new EnvOptions()), options));
        target.open(file.toString());
        writer = target;
      }
      target.put(key.slice(), value.slice());
      pending = -1;
    }
  }

  private void supersede() throws MalformedBytesException {
    if (supersededCount == superseded.length) {
      superseded = Arrays.copyOf(superseded, Math.max(16, 2 * supersededCount));
    }
    superseded[supersededCount++] = pending;
    byte[] keyBytes = key.toByteArray();
    byte[] valueBytes = value.toByteArray();
    RowReader reader = new RowReader(keyspace);
    reader.read(keyBytes, keyBytes.length, valueBytes, valueBytes.length);
    supersededContent.add(reader.grant());
  }
}
