package dev.grantstore.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.CorruptionException;
import dev.grantstore.ForwardingGrantReader;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.Rows;
import dev.grantstore.keyvalue.StoredSyncs;
import dev.grantstore.keyvalue.View;
import dev.grantstore.layout.Keyspace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose lists have as many rows as they should, but other ones, is not saved. */
final class DifferingListsTest {
  private static final SaveOptions SAVING =
      SaveOptions.defaults().withSorting(new BulkLoadOptions(1 << 20, 1));

  @TempDir Path folder;

  @Test
  void everyListIsComparedWithTheSeal() {
    try (GrantStore store = Containers.store("lmdb", folder.resolve("store"))) {
      Containers.seal(store, "s", Containers.distinct(40));
      try (GrantSnapshot moment = store.snapshot()) {
        for (Keyspace keyspace : Keyspace.OF_GRANTS) {
          Path target = folder.resolve(keyspace.label());
          assertThatThrownBy(() -> save(moment, keyspace, target))
              .isInstanceOfSatisfying(
                  CorruptionException.class,
                  e -> assertThat(e.keyspace()).isEqualTo(keyspace.label()))
              .hasMessageContaining("digest=");
          assertThat(target).doesNotExist();
        }
        Path target = folder.resolve("whole");
        save(moment, Keyspace.META, target);
        SyncFiles.verify(target);
      }
    }
  }

  private static void save(GrantReader moment, Keyspace twice, Path target) {
    SyncFiles.save(new OneRowTwice(moment, twice), List.of("s"), target, SAVING);
  }

  /** Has the first row of a list in the second one's place too. */
  private static final class OneRowTwice extends ForwardingGrantReader implements StoredSyncs {
    private final StoredSyncs stored;
    private final Keyspace twice;

    OneRowTwice(GrantReader reader, Keyspace twice) {
      super(reader);
      stored = (StoredSyncs) reader;
      this.twice = twice;
    }

    @Override
    public <T> T stored(String syncId, Reading<T> reading) {
      return stored.stored(
          syncId,
          (row, view, requireOpen) -> reading.read(row, new Seen(view, twice), requireOpen));
    }
  }

  private record Seen(View view, Keyspace twice) implements View {
    @Override
    public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value)
        throws Exception {
      return view.get(keyspace, key, keyLength, value);
    }

    @Override
    public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) throws Exception {
      Rows rows = view.rows(keyspace, prefix, from);
      return keyspace == twice ? new FirstTwice(rows) : rows;
    }

    @Override
    public void close() {}
  }

  private static final class FirstTwice implements Rows {
    private final Rows rows;
    private final RowBytes firstKey = new RowBytes();
    private final RowBytes firstValue = new RowBytes();
    private int row;

    FirstTwice(Rows rows) {
      this.rows = rows;
    }

    @Override
    public boolean next(RowBytes key, RowBytes value) throws Exception {
      boolean found = rows.next(key, value);
      row++;
      if (row == 1) {
        copy(key, firstKey);
        copy(value, firstValue);
      } else if (row == 2) {
        copy(firstKey, key);
        copy(firstValue, value);
      }
      return found;
    }

    private static void copy(RowBytes from, RowBytes to) {
      System.arraycopy(from.array(), 0, to.room(from.length()), 0, from.length());
      to.filled(from.length());
    }

    @Override
    public void close() throws Exception {
      rows.close();
    }
  }
}
