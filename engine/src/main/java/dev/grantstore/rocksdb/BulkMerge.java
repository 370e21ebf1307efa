package dev.grantstore.rocksdb;

import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStoreException;
import dev.grantstore.codec.PackedForm;
import dev.grantstore.keyvalue.CrashPoint;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.SortedSync;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.sort.MergeCursor;
import dev.grantstore.sort.RowCursor;
import dev.grantstore.sort.SortedRun;
import dev.grantstore.sort.SplitPoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.RocksDBException;

/**
 * Merges a load's runs into files, keyspace by keyspace and key range by key range on all workers,
 * and ingests them.
 *
 * <p>The grants come first: only their keys tell which rows a later one with the same id replaced,
 * and the other keyspaces leave those rows out, by sequence number. A replaced row costs 8 bytes of
 * memory until the load is done.
 */
final class BulkMerge implements KeyValueDatabase.Ingest {
  /** Rows per file, in bytes before compression; files of a tenth of that are usual. */
  private static final long FILE_BYTES = 512L << 20;

  private static final long[] NONE = new long[0];

  private final RocksHandles handles;
  private final SortedSync sync;
  private final Map<Keyspace, List<SstPart.Written>> parts = new EnumMap<>(Keyspace.class);
  private ContentDigest supersededContent = ContentDigest.EMPTY;

  BulkMerge(RocksHandles handles, SortedSync sync) {
    this.handles = handles;
    this.sync = sync;
  }

  /** Writes all files. */
  void write() throws IOException, InterruptedException {
    List<SstPart.Written> grants = await(start(Keyspace.GRANTS, NONE), Keyspace.GRANTS);
    long[] superseded =
        grants.stream().flatMapToLong(part -> Arrays.stream(part.superseded())).sorted().toArray();
    for (SstPart.Written part : grants) {
      supersededContent = supersededContent.plus(part.supersededContent());
    }
    Map<Keyspace, List<Future<SstPart.Written>>> indexes = new EnumMap<>(Keyspace.class);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (keyspace != Keyspace.GRANTS) {
        indexes.put(keyspace, start(keyspace, superseded));
      }
    }
    for (Map.Entry<Keyspace, List<Future<SstPart.Written>>> index : indexes.entrySet()) {
      await(index.getValue(), index.getKey());
    }
  }

  /**
   * Hands the files over to RocksDB, which moves them: all pages at once, or keyspace by keyspace.
   */
  @Override
  public void run() throws RocksDBException {
    if (handles.settings().packs()) {
      ingest(handles.pages(), parts.values().stream().flatMap(List::stream));
    } else {
      for (Map.Entry<Keyspace, List<SstPart.Written>> written : parts.entrySet()) {
        ingest(handles.keyspace(written.getKey()), written.getValue().stream());
      }
    }
  }

  private void ingest(ColumnFamilyHandle keyspace, Stream<SstPart.Written> written)
      throws RocksDBException {
    List<String> paths =
        written.map(SstPart.Written::file).filter(Objects::nonNull).map(Path::toString).toList();
    if (!paths.isEmpty()) {
      try (IngestExternalFileOptions options = new IngestExternalFileOptions().setMoveFiles(true)) {
        handles.db().ingestExternalFile(keyspace, paths, options);
      }
      CrashPoint.reached();
      YieldPoint.reached("keyspace ingested");
    }
  }

  @Override
  public ContentDigest content() {
    return sync.content().minus(supersededContent);
  }

  @Override
  public Optional<PackedForm> packed() {
    if (!handles.settings().packs()) {
      return Optional.empty();
    }
    List<Integer> counts =
        Keyspace.OF_GRANTS.stream().map(keyspace -> written(keyspace).size()).toList();
    return Optional.of(new PackedForm(counts, false));
  }

  @Override
  public long needingExpansion() {
    return written(Keyspace.NEEDS_EXPANSION).stream().mapToLong(SstPart.Written::rows).sum();
  }

  private List<SstPart.Written> written(Keyspace keyspace) {
    return parts.getOrDefault(keyspace, List.of());
  }

  private List<Future<SstPart.Written>> start(Keyspace keyspace, long[] passOver) {
    List<SortedRun> runs = sync.runs().runs(keyspace);
    long bytes = runs.stream().mapToLong(r -> Math.max(r.memoryBytes(), r.fileBytes())).sum();
    int wanted = (int) Math.max(sync.workers().threads(), bytes / FILE_BYTES + 1);
    List<byte[]> splits = SplitPoints.choose(runs, wanted);
    List<Future<SstPart.Written>> started = new ArrayList<>();
    for (int i = 0; i <= splits.size(); i++) {
      byte @Nullable [] from = i == 0 ? null : splits.get(i - 1);
      byte @Nullable [] to = i == splits.size() ? null : splits.get(i);
      Path file =
          sync.folder().resolve(String.format(Locale.ROOT, "%s-%d.sst", keyspace.label(), i));
      RowCursor rows = MergeCursor.over(runs, from, to);
      int number = sync.row().number();
      started.add(
          sync.workers().submit(new SstPart(handles, keyspace, rows, file, passOver, number, i)));
    }
    return started;
  }

  private List<SstPart.Written> await(List<Future<SstPart.Written>> started, Keyspace keyspace)
      throws IOException, InterruptedException {
    List<SstPart.Written> written = new ArrayList<>();
    for (Future<SstPart.Written> part : started) {
      try {
        written.add(part.get());
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }
    parts.put(keyspace, written);
    sync.runs().release(keyspace);
    return written;
  }

  private static GrantStoreException failure(@Nullable Throwable cause) throws IOException {
    if (cause instanceof RocksDBException e) {
      return RocksErrors.wrap("load failed", e);
    }
    if (cause instanceof IOException e) {
      throw e;
    }
    throw new IllegalStateException("load failed: " + cause, cause);
  }
}
