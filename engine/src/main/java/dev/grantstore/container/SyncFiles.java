package dev.grantstore.container;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Excerpt;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.keyvalue.CrashPoint;
import dev.grantstore.keyvalue.PageTarget;
import dev.grantstore.keyvalue.StoredSyncs;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PageSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The door to containers: files with sealed syncs. Save some from any store, open the file as a
 * store, take a sync of it into any store.
 *
 * <p>Besides what is named below, methods throw {@link GrantStoreException}: {@link
 * Reason#STORE_MISSING} where there is no file, {@link Reason#NOT_A_STORE} where it is another,
 * {@link Reason#VERSION_TOO_NEW}, {@link Reason#CORRUPTION} for one that is damaged or cut off, and
 * {@link Reason#TIMEOUT} if the thread is interrupted. Thread-safe.
 */
public final class SyncFiles {
  private SyncFiles() {}

  /**
   * Saves sealed syncs as one file, all as of one moment. The target holds what it held before, or
   * all of what is new, whatever fails; once this has returned it is durable. Memory does not
   * depend on how many grants there are, but for some 100 bytes a page of about a thousand.
   *
   * @param from holds them; {@link GrantStore#snapshot} is taken of a store
   * @param syncIds which, at least one
   * @param target the file; its folder must be there, and have room for temporary files too where a
   *     store does not give its rows sorted
   * @param options how
   * @return what the file that was written says that it holds
   * @throws GrantStoreException {@link Reason#STORE_EXISTS} if the target is there and not to be
   *     replaced, also if it came there meanwhile, {@link Reason#SYNC_UNKNOWN}, {@link
   *     Reason#UNSUPPORTED} for a sync that is open, {@link Reason#CORRUPTION} if a sync does not
   *     hold what its seal says, in any of its lists
   * @throws IllegalArgumentException if no sync is named, or one twice
   */
  public static ContainerManifest save(
      GrantReader from, Collection<String> syncIds, Path target, SaveOptions options) {
    Objects.requireNonNull(options, "options");
    return save(from, syncIds, new Save(target, options, call -> CrashPoint.reached()));
  }

  /** As told, with another saving. */
  static ContainerManifest save(GrantReader from, Collection<String> syncIds, Save save) {
    List<String> ids = new ArrayList<>(syncIds);
    ids.forEach(Ids::checkSyncId);
    Set<String> distinct = new HashSet<>(ids);
    if (ids.isEmpty() || distinct.size() < ids.size()) {
      throw new IllegalArgumentException("syncs to save must be named, each once: " + ids);
    }
    ids.sort(Ids.ORDER);
    if (from instanceof GrantStore store) {
      try (GrantSnapshot moment = store.snapshot()) {
        return save.run(moment, sealed(moment, ids));
      }
    }
    return save.run(from, sealed(from, ids));
  }

  /**
   * Opens a container as a store that is read only: its syncs are read straight from the file, page
   * by page, each checked; every write is refused with {@link Reason#READ_ONLY}. The caller closes
   * it. The same as {@code GrantStores.open("gsync:FILE", options)}. The file may be renamed or
   * replaced meanwhile, but not changed.
   *
   * @param file the container
   * @param cacheBytes memory for pages that were read
   * @return a store; page tokens outlive it, and go with copies of the file
   */
  public static GrantStore open(Path file, long cacheBytes) {
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("cache bytes must not be negative: " + cacheBytes);
    }
    return ContainerDatabase.store(ContainerFile.open(file), cacheBytes);
  }

  /**
   * {@return what a container says that it holds} Reads no page.
   *
   * @param file the container
   */
  public static ContainerManifest inspect(Path file) {
    try (ContainerFile container = ContainerFile.open(file)) {
      return container.manifest();
    }
  }

  /**
   * Reads all of a container: every byte against the hashes, every row of every list against the
   * digest that is said.
   *
   * @param file the container
   * @return what it says, which is true
   * @throws GrantStoreException with {@link Reason#CORRUPTION} at the first thing that is not
   */
  public static ContainerManifest verify(Path file) {
    try (ContainerFile container = ContainerFile.open(file)) {
      PageIndex index = container.index();
      for (Contents.Sync sync : container.contents().syncs()) {
        ContainerCheck.run(sync.row(), new ContainerPages(container, index, sync));
      }
      return container.manifest();
    }
  }

  /**
   * Takes a sync of a container into a store: whole, sealed and durable, or not at all, with its
   * type, times and digest. What is taken in was compared with the digest that the container says.
   * A RocksDB store that packs takes the pages as they are.
   *
   * @param file the container
   * @param syncId which of its syncs
   * @param to any store
   * @param asId what it is to be called there
   * @param options how to use the machine, where rows are loaded
   * @return the sync as the store has it
   * @throws GrantStoreException as from {@link GrantStore#bulkLoad}; {@link Reason#SYNC_UNKNOWN} if
   *     the container has no such sync
   */
  public static SyncRun ingest(
      Path file, String syncId, GrantStore to, String asId, BulkLoadOptions options) {
    Ids.checkSyncId(asId);
    try (GrantStore from = open(file, StoreOptions.DEFAULT_CACHE_BYTES)) {
      return copy(from, syncId, to, asId, options);
    }
  }

  /**
   * Copies a sealed sync into a store, or within one: whole, sealed and durable, or not at all,
   * with its type, times and digest. What is copied was compared with the digest.
   *
   * @param from holds it; {@link GrantStore#snapshot} is taken of a store
   * @param syncId the sync
   * @param to any store, the same one too
   * @param asId what the copy is called
   * @param options how to use the machine, where rows are loaded
   * @return the copy
   * @throws GrantStoreException as from {@link GrantStore#bulkLoad}; {@link Reason#UNSUPPORTED} for
   *     a sync that is open
   */
  public static SyncRun copy(
      GrantReader from, String syncId, GrantStore to, String asId, BulkLoadOptions options) {
    Objects.requireNonNull(options, "options");
    Ids.checkSyncId(asId);
    if (from instanceof GrantStore store) {
      try (GrantSnapshot moment = store.snapshot()) {
        return copyMoment(moment, syncId, to, asId, options);
      }
    }
    return copyMoment(from, syncId, to, asId, options);
  }

  private static SyncRun copyMoment(
      GrantReader from, String syncId, GrantStore to, String asId, BulkLoadOptions options) {
    SyncRun run = sealed(from, List.of(syncId)).get(0);
    Optional<SyncRun> taken =
        from instanceof StoredSyncs stored && to instanceof PageTarget target
            ? copyPages(stored, run, target, asId)
            : Optional.empty();
    return taken.orElseGet(() -> load(from, run, to, asId, options));
  }

  /** Nobody sorts the pages anew, so that all that is said of them must be true. */
  private static Optional<SyncRun> copyPages(
      StoredSyncs from, SyncRun run, PageTarget to, String asId) {
    SyncRun copy = SyncRun.open(asId, run.type(), run.startedAt());
    return from.stored(
        run.id(),
        (row, view, requireOpen) -> {
          if (row.packed().isEmpty() || !to.takesPages()) {
            return Optional.empty();
          }
          PackedSync sync = view.packed(row);
          PageSource pages = sync.source();
          if (!pages.retain()) {
            return Optional.empty();
          }
          try {
            ContainerCheck.run(row, pages);
            requireOpen.run();
            return Optional.of(to.takeIn(copy, run.endedAt().orElseThrow(), row, pages));
          } finally {
            pages.release();
          }
        });
  }

  private static SyncRun load(
      GrantReader from, SyncRun run, GrantStore to, String asId, BulkLoadOptions options) {
    DigestAccumulator added = new DigestAccumulator();
    try (BulkLoad load = to.bulkLoad(asId, run.type(), run.startedAt(), options)) {
      try (BulkPart part = load.openPart();
          GrantCursor cursor = from.cursor(new GrantQuery.Scan(run.id()))) {
        while (cursor.next()) {
          if (Thread.currentThread().isInterrupted()) {
            throw new GrantStoreException(Reason.TIMEOUT, "copy was interrupted");
          }
          Grant grant = cursor.grant();
          added.add(grant);
          part.add(grant);
        }
      }
      requireSame(run, added.digest());
      return load.commit(run.endedAt().orElseThrow());
    }
  }

  private static void requireSame(SyncRun run, ContentDigest found) {
    ContentDigest sealed = run.digest().orElseThrow();
    if (!found.equals(sealed)) {
      throw new GrantStoreException(
          Reason.CORRUPTION,
          String.format(
              Locale.ROOT,
              "sync holds other grants than its seal says: sync=%s digest=%s sealed=%s",
              Excerpt.of(run.id()),
              found,
              sealed));
    }
  }

  private static List<SyncRun> sealed(GrantReader from, List<String> syncIds) {
    List<SyncRun> runs = new ArrayList<>();
    for (String syncId : syncIds) {
      SyncRun run = from.sync(syncId).orElseThrow(() -> GrantStoreException.syncUnknown(syncId));
      if (run.state() != SyncRun.State.SEALED) {
        throw new GrantStoreException(
            Reason.UNSUPPORTED, "sync is open, seal it first: " + Excerpt.of(syncId));
      }
      runs.add(run);
    }
    return runs;
  }
}
