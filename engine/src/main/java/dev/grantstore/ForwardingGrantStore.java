package dev.grantstore;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Does everything with another store: for stores that change a call on its way, such as one that
 * counts, delays or refuses. Override what is to be otherwise; {@link #put} and {@link #delete}
 * come as {@link #putAll} and {@link #deleteAll}. Reads of a snapshot are the snapshot's: whoever
 * overrides a read overrides {@link #snapshot} too, or gives what to ask instead.
 *
 * <p>As thread-safe as the store that it forwards to, and closes that.
 */
public class ForwardingGrantStore extends ForwardingGrantReader implements GrantStore {
  private final GrantStore store;
  private final UnaryOperator<GrantReader> reading;

  /**
   * Forwards to a store.
   *
   * @param store closed with this one
   */
  public ForwardingGrantStore(GrantStore store) {
    this(store, UnaryOperator.identity());
  }

  /**
   * Forwards to a store, with all reads changed in one way: the store's own and those of its
   * snapshots.
   *
   * @param store closed with this one
   * @param reading what to ask in place of the store, or of a snapshot of it
   */
  public ForwardingGrantStore(GrantStore store, UnaryOperator<GrantReader> reading) {
    super(reading.apply(store));
    this.store = store;
    this.reading = reading;
  }

  @Override
  public SyncRun startSync(String syncId, String type, Instant startedAt) {
    return store.startSync(syncId, type, startedAt);
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants) {
    store.putAll(syncId, grants);
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants, Bytes resumeToken) {
    store.putAll(syncId, grants, resumeToken);
  }

  @Override
  public long putAllIfNewer(String syncId, Collection<Grant> grants) {
    return store.putAllIfNewer(syncId, grants);
  }

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {
    store.deleteAll(syncId, grantIds);
  }

  @Override
  public long expire(String syncId, Instant asOf) {
    return store.expire(syncId, asOf);
  }

  @Override
  public SyncRun seal(String syncId, Instant endedAt) {
    return store.seal(syncId, endedAt);
  }

  @Override
  public void drop(String syncId) {
    store.drop(syncId);
  }

  @Override
  public BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options) {
    return store.bulkLoad(syncId, type, startedAt, options);
  }

  @Override
  public GrantSnapshot snapshot() {
    GrantSnapshot real = store.snapshot();
    return new Snapshot(reading.apply(real), real);
  }

  @Override
  public void flush() {
    store.flush();
  }

  @Override
  public void settle(Duration timeout) {
    store.settle(timeout);
  }

  @Override
  public Verification verify() {
    return store.verify();
  }

  @Override
  public void checkpoint(Path folder, CheckpointFiles files) {
    store.checkpoint(folder, files);
  }

  @Override
  public StoreStats stats() {
    return store.stats();
  }

  @Override
  public void close() {
    store.close();
  }

  /** Asks a reader for as long as a snapshot lives, and closes that. */
  public static class Snapshot extends ForwardingGrantReader implements GrantSnapshot {
    private final GrantSnapshot real;

    /**
     * Forwards to a snapshot.
     *
     * @param real closed with this one
     */
    public Snapshot(GrantSnapshot real) {
      this(real, real);
    }

    /**
     * Asks something else for as long as a snapshot lives.
     *
     * @param asked in place of the snapshot
     * @param real closed with this one
     */
    public Snapshot(GrantReader asked, GrantSnapshot real) {
      this(() -> asked, real);
    }

    /**
     * Asks something else, which may be another one each time, for as long as a snapshot lives.
     *
     * @param asked gives what is asked in place of the snapshot
     * @param real closed with this one
     */
    public Snapshot(Supplier<? extends GrantReader> asked, GrantSnapshot real) {
      super(asked);
      this.real = real;
    }

    @Override
    public void close() {
      real.close();
    }
  }

  /** Moves another cursor, and closes it. */
  public static class Cursor implements GrantCursor {
    private final GrantCursor moved;

    /**
     * Forwards to a cursor.
     *
     * @param moved closed with this one
     */
    public Cursor(GrantCursor moved) {
      this.moved = moved;
    }

    @Override
    public boolean next() {
      return moved.next();
    }

    @Override
    public Utf8View id(IdField field) {
      return moved.id(field);
    }

    @Override
    public long discoveredSeconds() {
      return moved.discoveredSeconds();
    }

    @Override
    public int discoveredNanos() {
      return moved.discoveredNanos();
    }

    @Override
    public boolean needsExpansion() {
      return moved.needsExpansion();
    }

    @Override
    public boolean hasExpiry() {
      return moved.hasExpiry();
    }

    @Override
    public long expiresSeconds() {
      return moved.expiresSeconds();
    }

    @Override
    public int expiresNanos() {
      return moved.expiresNanos();
    }

    @Override
    public boolean hasDetails() {
      return moved.hasDetails();
    }

    @Override
    public Grant grant() {
      return moved.grant();
    }

    @Override
    public void close() {
      moved.close();
    }
  }

  /** Fills another load, and closes it; every grant goes through one method. */
  public static class Load implements BulkLoad {
    private final BulkLoad load;
    private int parts;

    /**
     * Forwards to a load.
     *
     * @param load closed with this one
     */
    public Load(BulkLoad load) {
      this.load = load;
    }

    /**
     * Adds a grant to a part.
     *
     * @param part of the other load
     * @param number the part's, from 0
     * @param grant the grant
     */
    protected void add(BulkPart part, int number, Grant grant) {
      part.add(grant);
    }

    @Override
    public synchronized BulkPart openPart() {
      BulkPart part = load.openPart();
      int number = parts++;
      return new BulkPart() {
        @Override
        public void add(Grant grant) {
          Load.this.add(part, number, grant);
        }

        @Override
        public void close() {
          part.close();
        }
      };
    }

    @Override
    public SyncRun commit(Instant endedAt) {
      return load.commit(endedAt);
    }

    @Override
    public void close() {
      load.close();
    }
  }
}
