package dev.grantstore.rocksdb;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.Closing;
import dev.grantstore.Durability;
import dev.grantstore.StoreStats;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.SortedSync;
import dev.grantstore.keyvalue.View;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.packed.PageSupply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;

/** RocksDB under a store. Loads are ingested as files, keyspace by keyspace. */
final class RocksDatabase implements KeyValueDatabase {
  private final RocksHandles handles;
  private final Watermark watermark;
  private final RocksPages pages;
  private final RocksView live;
  private final RocksBatch batch;

  /** Takes ownership of the handles. */
  RocksDatabase(RocksHandles handles, Watermark watermark) {
    this.handles = handles;
    this.watermark = watermark;
    pages = new RocksPages(handles);
    live = RocksView.live(handles, pages);
    batch = new RocksBatch(handles, live, pages, watermark.store());
  }

  @Override
  public View live() {
    return live;
  }

  @Override
  public View snapshot() {
    return RocksView.now(handles, pages);
  }

  @Override
  public Batch begin(boolean durably) {
    batch.begin(durably);
    return batch;
  }

  @Override
  public void sync() throws RocksDBException {
    if (handles.options().durability() == Durability.BULK) {
      handles.flush();
    } else {
      handles.db().syncWal();
    }
  }

  @Override
  public boolean isWhole() {
    return !batch.hasFailed();
  }

  @Override
  public void mark(long commit) throws IOException {
    watermark.write(commit);
  }

  @Override
  public int pageBytes() {
    return handles.settings().pageBytes();
  }

  @Override
  public Optional<Ingest> prepare(SortedSync load) throws IOException, InterruptedException {
    BulkMerge merge = new BulkMerge(handles, load);
    merge.write();
    return Optional.of(merge);
  }

  @Override
  public Ingest preparePages(SyncRow row, SyncRow as, PageSupply pages, Path folder)
      throws Exception {
    PageFiles files = new PageFiles(handles, as, folder);
    files.write(row.number(), pages);
    return files;
  }

  /** Flushes memtables, gives back the room of dropped syncs, and waits for compactions. */
  @Override
  public void settle(Duration timeout) throws RocksDBException {
    long start = System.nanoTime();
    handles.flush();
    giveBackDropped();
    new RocksFigures(handles, pages.cache()).awaitIdle(start, timeout);
  }

  @Override
  public boolean keepsFiles() {
    return true;
  }

  @Override
  public StoreStats stats() throws RocksDBException {
    return new RocksFigures(handles, pages.cache()).read();
  }

  @Override
  public void checkFiles(Runnable look) throws RocksDBException {
    TableFiles.verify(handles, look);
  }

  @Override
  public Checkpoint checkpoint(Path folder, CheckpointFiles files)
      throws IOException, RocksDBException {
    RocksCheckpoint checkpoint = new RocksCheckpoint(handles, watermark.folder(), folder, files);
    boolean prepared = false;
    try {
      checkpoint.prepare();
      prepared = true;
      return checkpoint;
    } finally {
      if (!prepared) {
        checkpoint.close();
      }
    }
  }

  @Override
  public void end() throws IOException {
    watermark.end();
  }

  @Override
  public void close() {
    Closing.all(List.<AutoCloseable>of(batch::end, handles), "database did not close");
  }

  @Override
  public RuntimeException wrap(String doing, Exception e) {
    return e instanceof RocksDBException failed
        ? RocksErrors.wrap(doing, failed)
        : KeyValueDatabase.super.wrap(doing, e);
  }

  /** Compacts what is empty now, each run of numbers that follow one another at once. */
  private void giveBackDropped() throws RocksDBException {
    NavigableSet<Integer> numbers = new TreeSet<>();
    for (Integer number = batch.takeDropped(); number != null; number = batch.takeDropped()) {
      numbers.add(number);
    }
    while (!numbers.isEmpty()) {
      int from = numbers.pollFirst();
      int to = from + 1;
      while (numbers.remove(to)) {
        to++;
      }
      for (ColumnFamilyHandle keyspace : handles.all()) {
        handles.db().compactRange(keyspace, KeyPrefix.ofSync(from), KeyPrefix.ofSync(to));
      }
    }
  }
}
