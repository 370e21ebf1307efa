package dev.grantstore.rocksdb;

import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStoreException;
import dev.grantstore.keyvalue.CrashPoint;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.SortedSync;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.sort.MergeCursor;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
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
  private final Map<Keyspace, List<Path>> files = new EnumMap<>(Keyspace.class);
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

  /** Hands the files over to RocksDB, which moves them: one keyspace at a time. */
  @Override
  public void run() throws RocksDBException {
    try (IngestExternalFileOptions options = new IngestExternalFileOptions().setMoveFiles(true)) {
      for (Map.Entry<Keyspace, List<Path>> entry : files.entrySet()) {
        List<String> paths = entry.getValue().stream().map(Path::toString).toList();
        if (!paths.isEmpty()) {
          handles.db().ingestExternalFile(handles.keyspace(entry.getKey()), paths, options);
          CrashPoint.reached();
          YieldPoint.reached("keyspace ingested");
        }
      }
    }
  }

  @Override
  public ContentDigest content() {
    return sync.content().minus(supersededContent);
  }

  private List<Future<SstPart.Written>> start(Keyspace keyspace, long[] passOver) {
    List<SortedRun> runs = sync.runs().runs(keyspace);
    long bytes = runs.stream().mapToLong(r -> Math.max(r.memoryBytes(), r.fileBytes())).sum();
    int wanted = (int) Math.max(sync.workers().threads(), bytes / FILE_BYTES + 1);
    List<byte[]> splits = SplitPoints.choose(runs, wanted);
    List<Future<SstPart.Written>> parts = new ArrayList<>();
    for (int i = 0; i <= splits.size(); i++) {
      byte @Nullable [] from = i == 0 ? null : splits.get(i - 1);
      byte @Nullable [] to = i == splits.size() ? null : splits.get(i);
      Path file =
          sync.folder().resolve(String.format(Locale.ROOT, "%s-%d.sst", keyspace.label(), i));
      parts.add(
          sync.workers()
              .submit(
                  new SstPart(
                      handles, keyspace, MergeCursor.over(runs, from, to), file, passOver)));
    }
    return parts;
  }

  private List<SstPart.Written> await(List<Future<SstPart.Written>> parts, Keyspace keyspace)
      throws IOException, InterruptedException {
    List<SstPart.Written> written = new ArrayList<>();
    for (Future<SstPart.Written> part : parts) {
      try {
        written.add(part.get());
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }
    List<Path> paths = new ArrayList<>();
    for (SstPart.Written part : written) {
      if (part.file() != null) {
        paths.add(part.file());
      }
    }
    files.put(keyspace, paths);
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
