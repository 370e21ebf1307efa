package dev.grantstore.keyvalue;

import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes the rows and the syncs of a store as of one moment. Thread-safe. */
final class Moments {
  /** How often a moment is tried beside writes before they are kept out. */
  private static final int SNAPSHOT_ATTEMPTS = 3;

  /** The rows and the syncs of one moment. */
  record Moment(SyncCatalog catalog, View view) {}

  private final KeyValueDatabase database;
  private final Supplier<SyncCatalog> catalog;
  private final @Nullable KeyValueWrites writes;

  /** Of a store, with its writes unless it is open for reading. */
  Moments(
      KeyValueDatabase database, Supplier<SyncCatalog> catalog, @Nullable KeyValueWrites writes) {
    this.database = database;
    this.catalog = catalog;
    this.writes = writes;
  }

  /**
   * Takes a view and the catalog of the same moment: beside writes, which count themselves in both,
   * or else with no write going on. The caller closes the view.
   */
  Moment take(String failing) {
    KeyValueWrites to = writes;
    if (to == null) {
      return new Moment(catalog.get(), takeView());
    }
    for (int attempt = 0; attempt < SNAPSHOT_ATTEMPTS; attempt++) {
      SyncCatalog now = catalog.get();
      YieldPoint.reached("catalog read");
      View view = takeView();
      YieldPoint.reached("snapshot taken");
      // The same catalog still: one that a failed write took back counts as the next one does.
      if (lastCommit(view) == now.commit() && catalog.get() == now) {
        return new Moment(now, view);
      }
      close(view);
    }
    return to.locked(failing, () -> new Moment(catalog.get(), takeView()));
  }

  private View takeView() {
    try {
      return database.snapshot();
    } catch (Exception e) {
      throw Failures.of(database, "snapshot failed", e);
    }
  }

  /** The number of the last write that a view shows; closes it if that cannot be read. */
  private long lastCommit(View view) {
    byte[] key = MetaKeys.commit();
    RowBytes value = new RowBytes();
    boolean read = false;
    try {
      boolean found = view.get(Keyspace.META, key, key.length, value);
      read = true;
      return found ? ByteBuffer.wrap(value.array(), 0, value.length()).getLong() : 0;
    } catch (Exception e) {
      throw Failures.ofRead(database, Keyspace.META, key, key.length, e);
    } finally {
      if (!read) {
        close(view);
      }
    }
  }

  /** Closes a moment's view. */
  void close(View view) {
    try {
      view.close();
    } catch (Exception e) {
      throw Failures.of(database, "snapshot did not close", e);
    }
  }
}
