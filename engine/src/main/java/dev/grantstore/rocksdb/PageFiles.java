package dev.grantstore.rocksdb;

import dev.grantstore.ContentDigest;
import dev.grantstore.codec.PackedForm;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.CrashPoint;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.packed.PageSupply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/** Writes the pages of a sync from elsewhere into files, and ingests them. One thread. */
final class PageFiles implements KeyValueDatabase.Ingest {
  /** How much goes into one file, before compression. */
  private static final long FILE_BYTES = 512L << 20;

  private final RocksHandles handles;
  private final SyncRow as;
  private final Path folder;
  private final List<String> files = new ArrayList<>();
  private long bytes;

  /**
   * Prepares it.
   *
   * @param as a row that says what the pages hold
   * @param folder the load's
   */
  PageFiles(RocksHandles handles, SyncRow as, Path folder) {
    this.handles = handles;
    this.as = as;
    this.folder = folder;
  }

  /** Writes all files, under another number. */
  void write(int number, PageSupply pages) throws Exception {
    try (Writing writing = new Writing()) {
      pages.writeTo(number, writing::put);
      writing.finish();
    }
  }

  @Override
  public void run() throws RocksDBException {
    try (IngestExternalFileOptions options = new IngestExternalFileOptions().setMoveFiles(true)) {
      handles.db().ingestExternalFile(handles.pages(), files, options);
    }
    CrashPoint.reached();
    YieldPoint.reached("keyspace ingested");
  }

  @Override
  public ContentDigest content() {
    return as.content();
  }

  @Override
  public long needingExpansion() {
    return as.needingExpansion();
  }

  @Override
  public Optional<PackedForm> packed() {
    return Optional.of(new PackedForm(as.packed().orElseThrow().parts(), false));
  }

  /** The file that is being written. */
  private final class Writing implements AutoCloseable {
    private final NativeOwner owner = new NativeOwner();
    private final RowSlice keySlice = owner.own(new RowSlice());
    private final RowSlice valueSlice = owner.own(new RowSlice());
    private @Nullable SstFileWriter writer;

    void put(byte[] key, byte[] value) throws RocksDBException {
      if (bytes > FILE_BYTES) {
        finish();
      }
      SstFileWriter target = writer;
      if (target == null) {
        target =
            owner.own(
                new SstFileWriter(owner.own(new EnvOptions()), handles.pageFileOptions(owner)));
        String file =
            folder.resolve(String.format(Locale.ROOT, "pages-%d.sst", files.size())).toString();
        target.open(file);
        files.add(file);
        writer = target;
      }
      keySlice.fill(key, 0, key.length);
      valueSlice.fill(value, 0, value.length);
      target.put(keySlice.slice(), valueSlice.slice());
      bytes += value.length;
    }

    void finish() throws RocksDBException {
      if (writer != null) {
        writer.finish();
        writer = null;
        bytes = 0;
      }
    }

    @Override
    public void close() {
      owner.close();
    }
  }
}
