package dev.grantstore.rocksdb;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import dev.grantstore.packed.RowPacker;
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
 * Writes the rows of one key range of one keyspace into one file, as pages unless the store does
 * not pack: of equal keys the last row, and none that was superseded. One thread.
 */
final class SstPart implements Callable<SstPart.Written> {
  /**
   * What came of it.
   *
   * @param file the file, or null if there was nothing to write
   * @param rows how many there are
   * @param superseded sequence numbers of the rows that a later one with the same key replaced
   * @param supersededContent what those rows add up to; only of rows that hold whole grants
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Written(
      @Nullable Path file, long rows, long[] superseded, ContentDigest supersededContent) {}

  private final RocksHandles handles;
  private final Keyspace keyspace;
  private final RowCursor rows;
  private final Path file;
  private final long[] passOver;
  private final NativeOwner owner = new NativeOwner();
  private final DigestAccumulator supersededContent = new DigestAccumulator();
  private final RowSlice keySlice = owner.own(new RowSlice());
  private final RowSlice valueSlice = owner.own(new RowSlice());

  /** The row that is written unless the next one replaces it. */
  private final RowBytes key = new RowBytes();

  private final RowBytes value = new RowBytes();
  private final @Nullable RowPacker<RocksDBException> packer;
  private long rowsWritten;
  private long pending = -1;
  private long[] superseded = new long[0];
  private int supersededCount;
  private @Nullable SstFileWriter writer;

  /**
   * Prepares a part.
   *
   * @param rows in order; read to the end
   * @param passOver ascending sequence numbers of rows to leave out
   * @param sync the sync's number
   * @param part the part's place among those of the keyspace
   */
  SstPart(
      RocksHandles handles,
      Keyspace keyspace,
      RowCursor rows,
      Path file,
      long[] passOver,
      int sync,
      int part) {
    int pageBytes = handles.settings().pageBytes();
    packer = pageBytes > 0 ? new RowPacker<>(sync, keyspace, part, pageBytes, this::write) : null;
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
      if (packer != null) {
        packer.finish();
      }
      if (writer != null) {
        writer.finish();
      }
      return new Written(
          writer == null ? null : file,
          rowsWritten,
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
    fill(key, rows.keyArray(), rows.keyOffset(), rows.keyLength());
    fill(value, rows.valueArray(), rows.valueOffset(), rows.valueLength());
    pending = rows.sequence();
  }

  private static void fill(RowBytes bytes, byte[] from, int offset, int length) {
    System.arraycopy(from, offset, bytes.room(length), 0, length);
    bytes.filled(length);
  }

  private void writePending() throws RocksDBException, MalformedBytesException {
    if (pending >= 0) {
      if (packer == null) {
        write(key.array(), key.length(), value.array(), value.length());
      } else {
        packer.add(key.array(), key.length(), value.array(), value.length());
      }
      rowsWritten++;
      pending = -1;
    }
  }

  private void write(byte[] pageKey, byte[] page) throws RocksDBException {
    write(pageKey, pageKey.length, page, page.length);
  }

  private void write(byte[] from, int length, byte[] content, int contentLength)
      throws RocksDBException {
    SstFileWriter target = writer;
    if (target == null) {
      Options options =
          packer == null ? handles.fileOptions(owner, keyspace) : handles.pageFileOptions(owner);
      target = owner.own(new SstFileWriter(owner.own(new EnvOptions()), options));
      target.open(file.toString());
      writer = target;
    }
    keySlice.fill(from, 0, length);
    valueSlice.fill(content, 0, contentLength);
    target.put(keySlice.slice(), valueSlice.slice());
  }

  private void supersede() throws MalformedBytesException {
    if (supersededCount == superseded.length) {
      superseded = Arrays.copyOf(superseded, Math.max(16, 2 * supersededCount));
    }
    superseded[supersededCount++] = pending;
    RowReader reader = new RowReader(keyspace);
    reader.read(key.array(), key.length(), value.array(), value.length());
    supersededContent.add(reader.grant());
  }
}
