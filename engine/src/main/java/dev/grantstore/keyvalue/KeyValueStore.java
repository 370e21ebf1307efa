package dev.grantstore.keyvalue;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Bytes;
import dev.grantstore.CheckpointFiles;
import dev.grantstore.Closing;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.Reason;
import dev.grantstore.StoreStats;
import dev.grantstore.SyncRun;
import dev.grantstore.Verification;
import dev.grantstore.Verification.Finding;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.packed.PageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The contract over any ordered database: lets calls in, and gives them to reads and writes. What
 * an engine of yours needs is a {@link KeyValueDatabase} and nothing else.
 *
 * <p>Thread-safe, as the contract wants it: writes go one after the other, reads beside them.
 */
public final class KeyValueStore extends GatedReader implements GrantStore, PageTarget, Mendable {
  /**
   * Where a store is.
   *
   * @param identity tells it from all others; the same at each opening, for its page tokens
   * @param folder where loads put their files, in folders {@code bulk-N}; no other store's, since
   *     those that are left there are removed
   * @param claim ends with the store, after its database, such as a lock
   */
  public record Place(UUID identity, Path folder, AutoCloseable claim) {}

  private final OperationGate gate;
  private final KeptDigests digests;
  private final KeyValueDatabase database;
  private final Supplier<SyncCatalog> catalog;
  private final @Nullable KeyValueWrites writes;
  private final Children children;
  private final Moments moments;
  private final ThreadLocal<ReadScratch> scratch;
  private final Place place;

  private KeyValueStore(
      KeyValueDatabase database,
      Supplier<SyncCatalog> catalog,
      @Nullable KeyValueWrites writes,
      Children children,
      ThreadLocal<ReadScratch> scratch,
      Place place) {
    this(
        new OperationGate("store"),
        new KeyValueReads(database, database.live(), place.identity(), catalog, children, scratch),
        new KeptDigests(place.folder(), place.identity()),
        database,
        catalog,
        writes,
        children,
        scratch,
        place);
  }

  private KeyValueStore(
      OperationGate gate,
      KeyValueReads reads,
      KeptDigests digests,
      KeyValueDatabase database,
      Supplier<SyncCatalog> catalog,
      @Nullable KeyValueWrites writes,
      Children children,
      ThreadLocal<ReadScratch> scratch,
      Place place) {
    super(gate, reads, digests.of(database, catalog, children));
    this.gate = gate;
    this.digests = digests;
    this.database = database;
    this.catalog = catalog;
    this.writes = writes;
    this.children = children;
    moments = new Moments(database, catalog, writes);
    this.scratch = scratch;
    this.place = place;
  }

  /**
   * {@return a store over a database that nobody else writes} One without a store is made one: an
   * engine that must know whether its files are a store at all, of which format, or whether they
   * have lost something, looks before.
   *
   * @param database to be written; closed with the store, or if this fails
   * @param folder where loads put their files; no other store's, since what is left there goes
   * @param claim ends after the database, such as a lock
   * @throws GrantStoreException if it cannot be read or written, or what it holds is damaged
   */
  public static GrantStore open(KeyValueDatabase database, Path folder, AutoCloseable claim) {
    try {
      SyncCatalog catalog = CatalogRows.read(database);
      boolean isNew = catalog.commit() == 0;
      UUID identity = isNew ? UUID.randomUUID() : StoreIdentity.read(database);
      KeyValueStore store = forWriting(database, catalog, new Place(identity, folder, claim));
      if (isNew) {
        store.makeFirst();
      }
      store.tidy();
      return store;
    } catch (IOException e) {
      Closing.after(e, List.of(database, claim));
      throw FileErrors.wrapOpening(e, folder);
    } catch (RuntimeException | Error e) {
      Closing.after(e, List.of(database, claim));
      throw e;
    }
  }

  /**
   * {@return a store over a database that is to be read only} Takes ownership of both.
   *
   * @param database nobody writes it
   * @param catalog as read from it by {@link CatalogRows#read}
   * @param place where it is
   */
  public static KeyValueStore forReading(
      KeyValueDatabase database, SyncCatalog catalog, Place place) {
    return new KeyValueStore(
        database,
        () -> catalog,
        null,
        new Children(),
        ThreadLocal.withInitial(ReadScratch::new),
        place);
  }

  /**
   * {@return a store over a database that nobody else writes} Takes ownership of both. Before it is
   * given to anybody, {@link #makeFirst} follows for one that is new, and {@link #tidy}.
   *
   * @param database to be written
   * @param catalog as read from it by {@link CatalogRows#read}
   * @param place where it is
   */
  public static KeyValueStore forWriting(
      KeyValueDatabase database, SyncCatalog catalog, Place place) {
    KeyValueWrites writes = new KeyValueWrites(database, catalog);
    return new KeyValueStore(
        database,
        writes::catalog,
        writes,
        new Children(),
        ThreadLocal.withInitial(ReadScratch::new),
        place);
  }

  /**
   * Makes the first write of a store, durably, with its identity: from then on it can be told if it
   * is lost or another's.
   */
  public void makeFirst() {
    writer().makeFirst(place.identity());
  }

  /**
   * Removes what loads left that were in progress when another process died.
   *
   * @throws IOException if a file of theirs cannot be removed
   */
  public void tidy() throws IOException {
    writer().undoLoads();
    writer().packing().deleteRowsLeft();
    LoadFolder.deleteAbandoned(place.folder());
    digests.forgetOthers(catalog.get());
  }

  @Override
  public SyncRun startSync(String syncId, String type, Instant startedAt) {
    SyncRun run = SyncRun.open(syncId, type, startedAt);
    return writing(to -> to.startSync(run));
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants) {
    Ids.checkSyncId(syncId);
    // Before the gate: the caller's collection may do anything, also close the store.
    Collection<Grant> last = Batches.lastOfEach(grants);
    doing(to -> to.change("write failed", syncId, GrantChanges.puts(last)));
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants, Bytes resumeToken) {
    Ids.checkSyncId(syncId);
    SyncRun.checkResumeToken(resumeToken);
    Collection<Grant> last = Batches.lastOfEach(grants);
    KeyValueWrites.Change puts = GrantChanges.puts(last);
    doing(to -> to.change("write failed", syncId, Optional.of(resumeToken), puts));
  }

  @Override
  public long putAllIfNewer(String syncId, Collection<Grant> grants) {
    Ids.checkSyncId(syncId);
    Collection<Grant> newest = Batches.newestOfEach(grants);
    AtomicLong put = new AtomicLong();
    doing(to -> to.change("write failed", syncId, GrantChanges.newerPuts(newest, put)));
    return put.get();
  }

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {
    Ids.checkSyncId(syncId);
    Set<String> distinct = Batches.distinct(grantIds);
    doing(to -> to.change("delete failed", syncId, GrantChanges.deletes(distinct)));
  }

  @Override
  public long expire(String syncId, Instant asOf) {
    Ids.checkSyncId(syncId);
    Objects.requireNonNull(asOf, "asOf");
    int sync = writing(to -> to.requireOpen(Expiry.FAILED, syncId)).number();
    Expiry expiry = new Expiry(syncId, sync, asOf);
    return expiry.run(this, this::doing, () -> requireGoingOn("expiring grants"));
  }

  @Override
  public SyncRun seal(String syncId, Instant endedAt) {
    Ids.checkSyncId(syncId);
    Objects.requireNonNull(endedAt, "endedAt");
    return writing(
        to -> {
          SyncRun sealed = to.seal(syncId, endedAt);
          try {
            to.packing().pack(syncId, gate::requireOpen);
          } catch (RuntimeException e) {
            // It is sealed, and that is the answer: it stays rows until the store is settled, which
            // tells what is wrong if that fails too.
          }
          return sealed;
        });
  }

  @Override
  public void drop(String syncId) {
    Ids.checkSyncId(syncId);
    doing(to -> digests.forget(to.drop(syncId).number()));
  }

  @Override
  public BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options) {
    Objects.requireNonNull(options, "options");
    SyncRun run = SyncRun.open(syncId, type, startedAt);
    return writing(to -> load(run, options, to));
  }

  private SyncLoad load(SyncRun run, BulkLoadOptions options, LoadTarget target) {
    return SyncLoad.begin(run, options, gate, target, place.folder(), children);
  }

  @Override
  public boolean takesPages() {
    return database.pageBytes() > 0;
  }

  @Override
  public SyncRun takeIn(SyncRun run, Instant endedAt, SyncRow from, PageSource pages) {
    return writing(to -> PageLoad.run(database, to, run, endedAt, from, pages, place.folder()));
  }

  @Override
  public Optional<FoldLoad> fold(
      SyncRun run, StoredSyncs from, String baseId, BulkLoadOptions options) {
    return writing(
        to ->
            takesPages()
                ? FoldLoad.begin(database, to, from, baseId, into -> load(run, options, into))
                : Optional.empty());
  }

  @Override
  public List<SyncRun> syncs() {
    return gate.call(() -> catalogOfSyncs().visible());
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    return gate.call(() -> catalogOfSyncs().find(syncId));
  }

  private SyncCatalog catalogOfSyncs() {
    KeyValueWrites to = writes;
    return to == null ? catalog.get() : to.catalogOfSyncs();
  }

  @Override
  public GrantSnapshot snapshot() {
    return gate.call(this::takeSnapshot);
  }

  @Override
  public void flush() {
    doing(KeyValueWrites::flush);
  }

  @Override
  public void settle(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    long start = System.nanoTime();
    gate.enter();
    try {
      KeyValueWrites to = writes;
      if (to != null) {
        to.packing().packAll(() -> requireTime(start, timeout));
        to.compact(timeout);
        database.settle(timeout);
        to.flush();
        if (database.keepsFiles()) {
          digests.keepAll(
              catalog, this, () -> requireGoingOn("settling"), () -> isOver(start, timeout));
        }
      }
    } catch (Exception e) {
      throw Failures.of(database, "settle failed", e);
    } finally {
      gate.exit();
    }
  }

  /** Ends settling when its time is over, it is interrupted, or the store is closed. */
  private void requireTime(long startNanos, Duration timeout) {
    requireGoingOn("settling");
    if (isOver(startNanos, timeout)) {
      throw new GrantStoreException(
          Reason.TIMEOUT, "store did not settle in time: timeout=" + timeout);
    }
  }

  private static boolean isOver(long startNanos, Duration timeout) {
    return Duration.ofNanos(System.nanoTime() - startNanos).compareTo(timeout) > 0;
  }

  /** Ends a long call when it is interrupted, or the store is closed. */
  private void requireGoingOn(String what) {
    gate.requireOpen();
    if (Thread.currentThread().isInterrupted()) {
      throw new GrantStoreException(Reason.TIMEOUT, "interrupted while the store was " + what);
    }
  }

  @Override
  public StoreStats stats() {
    gate.enter();
    try {
      return database.stats();
    } catch (Exception e) {
      throw Failures.of(database, "statistics failed", e);
    } finally {
      gate.exit();
    }
  }

  @Override
  public Verification verify() {
    return gate.call(
        () -> {
          Moments.Moment now = moments.take("verification failed");
          try {
            return new StoreVerification(
                    database, now.view(), now.catalog(), digests, () -> requireGoingOn("verified"))
                .run();
          } finally {
            moments.close(now.view());
          }
        });
  }

  @Override
  public List<Finding> mend(String syncId, Optional<EntitlementRef> only) {
    Ids.checkSyncId(syncId);
    StoreMending mending =
        new StoreMending(database, catalog, digests, () -> requireGoingOn("mended"));
    return writing(to -> mending.run(syncId, only, to, this));
  }

  @Override
  public void checkpoint(Path folder, CheckpointFiles files) {
    StoreCheckpoint checkpoint = new StoreCheckpoint(database, place.folder(), folder, files);
    gate.call(() -> checkpoint.run(writes, catalog, digests, () -> requireGoingOn("being copied")));
  }

  /** Takes over what another store, of which this is a copy, keeps of its syncs. */
  void takeDigests(KeptDigests others, Runnable look) throws IOException {
    others.copyTo(digests, catalog.get(), look);
  }

  /** A second closer waits for the first, so that a store that looks closed is. */
  @Override
  public void close() {
    synchronized (children) {
      if (gate.shut()) {
        // In this order, each also when the one before failed.
        Closing.all(
            List.of(children::closeAll, this::endWrites, this::closeDatabase, place.claim()),
            "store did not close");
      }
    }
  }

  private void endWrites() {
    KeyValueWrites to = writes;
    if (to != null) {
      to.end();
    }
  }

  private void closeDatabase() {
    try {
      database.close();
    } catch (Exception e) {
      throw Failures.of(database, "store did not close", e);
    }
  }

  private GrantSnapshot takeSnapshot() {
    Moments.Moment now = moments.take("snapshot failed");
    return snapshot(now.catalog(), now.view());
  }

  private GrantSnapshot snapshot(SyncCatalog now, View view) {
    return KeyValueSnapshot.over(
        database,
        now,
        view,
        cursors -> new KeyValueReads(database, view, place.identity(), () -> now, cursors, scratch),
        cursors -> digests.of(database, () -> now, cursors),
        children);
  }

  private void doing(Consumer<KeyValueWrites> action) {
    writing(
        to -> {
          action.accept(to);
          return to;
        });
  }

  private <T> T writing(Function<KeyValueWrites, T> action) {
    return gate.call(() -> action.apply(writer()));
  }

  private KeyValueWrites writer() {
    KeyValueWrites to = writes;
    if (to == null) {
      throw new GrantStoreException(Reason.READ_ONLY, "store is open read-only: " + place.folder());
    }
    return to;
  }
}
