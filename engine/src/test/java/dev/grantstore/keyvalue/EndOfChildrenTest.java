package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantQuery;
import dev.grantstore.StoreStats;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.Keyspace;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * While one thread closes a cursor or snapshot, a store that another closes must wait for it: LMDB
 * ends the JVM when a transaction is used after its environment.
 */
final class EndOfChildrenTest {
  private final Children children = new Children();
  private final AtomicReference<@Nullable Thread> closer = new AtomicReference<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean waited = new AtomicBoolean();

  @Test
  void aCursorIsKnownToTheStoreUntilItsRowsAreClosed() throws InterruptedException {
    KeyRanges all = KeyRanges.of(new GrantQuery.Scan("s"), 0, new TupleWriter());
    KeyValueCursor cursor =
        new KeyValueCursor(new NoDatabase(), new SlowRows(), all, SyncRow.UNKNOWN, children);
    children.add(cursor);

    cursor.close();

    join();
    assertThat(waited).isTrue();
  }

  @Test
  void aSnapshotIsKnownToTheStoreUntilItsViewIsClosed() throws InterruptedException {
    KeyValueDatabase database = new NoDatabase();
    View view = new SlowView();
    SyncCatalog none = new CatalogRows().catalog(null, null);
    KeyValueSnapshot snapshot =
        KeyValueSnapshot.over(
            database,
            none,
            view,
            cursors ->
                new KeyValueReads(
                    database,
                    view,
                    new UUID(1, 2),
                    () -> none,
                    cursors,
                    ThreadLocal.withInitial(ReadScratch::new)),
            cursors -> syncId -> Optional.empty(),
            children);

    snapshot.close();

    join();
    assertThat(waited).isTrue();
  }

  /** Begins to close the store meanwhile, and goes on once that waits, or has not. */
  private void endSlowly() {
    Thread thread =
        new Thread(
            () -> {
              children.closeAll();
              waited.set(ended.get());
            },
            "closer");
    closer.set(thread);
    thread.start();
    while (thread.getState() != Thread.State.TERMINATED && !isAtTheChild(thread)) {
      Thread.onSpinWait();
    }
    ended.set(true);
  }

  private static boolean isAtTheChild(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(
            frame ->
                frame.getMethodName().equals("close")
                    && (frame.getClassName().equals(StoreCursor.class.getName())
                        || frame.getClassName().equals(KeyValueSnapshot.class.getName())));
  }

  private void join() throws InterruptedException {
    Objects.requireNonNull(closer.get()).join();
  }

  private final class SlowRows implements Rows {
    @Override
    public boolean next(RowBytes key, RowBytes value) {
      return false;
    }

    @Override
    public void close() {
      endSlowly();
    }
  }

  private final class SlowView implements View {
    @Override
    public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
      return false;
    }

    @Override
    public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) {
      return new SlowRows();
    }

    @Override
    public void close() {
      endSlowly();
    }
  }

  /** Is asked for nothing. */
  static final class NoDatabase implements KeyValueDatabase {
    @Override
    public View live() {
      throw new AssertionError();
    }

    @Override
    public View snapshot() {
      throw new AssertionError();
    }

    @Override
    public Batch begin(boolean durably) {
      throw new AssertionError();
    }

    @Override
    public void sync() {}

    @Override
    public StoreStats stats() {
      throw new AssertionError();
    }

    @Override
    public void close() {}
  }
}
