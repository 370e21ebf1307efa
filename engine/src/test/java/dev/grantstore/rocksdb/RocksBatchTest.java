package dev.grantstore.rocksdb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.PackedKeyspace;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PageReader;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/**
 * What a batch does besides writing: to pages that are read, and for the room of what is dropped. A
 * database that is open for reading refuses every write, at the last moment.
 */
final class RocksBatchTest {
  @TempDir Path folder;

  @BeforeEach
  void fill() {
    try (GrantStore store = Misuse.filledStore(folder)) {
      store.flush();
    }
  }

  @Test
  void aDropThatIsNotWrittenLeavesThePagesToReadersAndNoRoomToGiveBack() throws Exception {
    StoreOptions options = Misuse.options(OpenMode.READ_ONLY);
    try (RocksHandles handles = open(options)) {
      SyncRow row = StoredRows.catalog(handles).require(Misuse.SEALED);
      RocksPages pages = new RocksPages(handles);
      RocksBatch batch =
          new RocksBatch(handles, RocksView.live(handles, pages), pages, new UUID(1, 2));
      for (int time = 0; time < 2; time++) {
        assertThat(rows(requireNonNull(pages.live(row)))).isEqualTo(Misuse.ROWS);
        batch.begin(true);
        batch.deleteSync(row.number());
        assertThat(pages.live(row)).as("about to go").isNull();
        assertThatExceptionOfType(RocksDBException.class).isThrownBy(batch::commit);
        batch.close();

        assertThat(rows(requireNonNull(pages.live(row)))).isEqualTo(Misuse.ROWS);
        assertThat(batch.takeDropped()).isNull();
        assertThat(batch.hasFailed()).isTrue();
      }
      batch.end();
    }
  }

  @Test
  void aDropThatIsWrittenTakesThemAndGivesBackTheirRoom() throws Exception {
    StoreOptions options = Misuse.options(OpenMode.OPEN);
    try (RocksHandles handles = open(options)) {
      SyncRow row = StoredRows.catalog(handles).require(Misuse.SEALED);
      RocksPages pages = new RocksPages(handles);
      RocksBatch batch =
          new RocksBatch(handles, RocksView.live(handles, pages), pages, new UUID(1, 2));
      batch.begin(true);
      batch.deleteSync(row.number());
      batch.commit();
      batch.close();

      assertThat(pages.live(row)).isNull();
      assertThat(batch.takeDropped()).isEqualTo(row.number());
      assertThat(batch.hasFailed()).isFalse();
      batch.end();
    }
  }

  private RocksHandles open(StoreOptions options) throws RocksDBException {
    RocksLibrary.load();
    return RocksHandles.open(folder.resolve("db"), options, RocksSettings.of(options), false);
  }

  private static int rows(PackedSync sync) throws Exception {
    PackedKeyspace pages = sync.keyspace(Keyspace.GRANTS);
    PageReader reader = new PageReader();
    int rows = 0;
    for (int number = 0; number < pages.pages(); number++) {
      reader.open(pages.page(number));
      rows += reader.rows();
    }
    return rows;
  }
}
