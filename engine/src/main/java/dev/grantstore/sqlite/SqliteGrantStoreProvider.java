package dev.grantstore.sqlite;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.FileErrors;
import dev.grantstore.keyvalue.FormatSteps;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.keyvalue.StoreIdentity;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Opens {@code sqlite:FOLDER}. A store that is open for writing cannot be opened for reading at the
 * same time, nor the other way round; any number may read it.
 *
 * <p>Engine option, a whole number:
 *
 * <ul>
 *   <li>{@code max_readers}: how many cursors and snapshots there may be at a time, beside the
 *       reads that end before they return, which wait for each other; 256 unless set. Each is a
 *       connection of its own, with two open files, up to three hundred kilobytes and a share of
 *       the cache; SQLite keeps the files of closed ones for the next as long as another reads. One
 *       more is {@link dev.grantstore.Reason#UNSUPPORTED}.
 * </ul>
 *
 * <p>Durability: writes go to a log, and from there into the database once the log is 16 MiB long
 * (64 MiB with {@code BULK}), after a load, at {@code settle} and at closing. What {@code seal},
 * {@code drop}, {@code flush}, a load's commit and {@code close} made durable is there or missed on
 * opening: a file that was lost, cut, emptied, or replaced by an older one or another store's is
 * {@link dev.grantstore.Reason#DATA_LOSS}, the log too, and the database beside a log that has
 * everything since.
 *
 * <p>Damage: SQLite has no checksums over its database, so from format 3 on each row has one over
 * its key and value, and no bit of them changes an answer: reads say {@link
 * dev.grantstore.Reason#CORRUPTION}. A list of all grants of a sealed sync that is read from its
 * start to its end, and one of those that need expansion, says so too if rows are gone. What is not
 * found: rows that a bit elsewhere in {@code grants.db}, in the head of a page or a pointer, takes
 * away from a list by entitlement or principal, from {@code holds}, {@code get} or an open sync;
 * and other bits in rows that were written in format 1 or 2, which have no checksum until they are
 * replaced. {@code seal}'s digest tells, where somebody computes it again. The log has checksums.
 */
public final class SqliteGrantStoreProvider implements GrantStoreProvider {
  /** For the service loader. */
  public SqliteGrantStoreProvider() {}

  @Override
  public String scheme() {
    return "sqlite";
  }

  @Override
  public String engineVersion() {
    return "sqlite-jdbc " + SQLiteJDBCLoader.getVersion();
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    SqliteOption.check(options.engineOptions());
    SqliteLibrary.prepare();
    try {
      SqliteFolder folder = SqliteFolder.claim(location, options.mode());
      try {
        return open(folder, options);
      } catch (IOException | SQLException | RuntimeException | Error e) {
        folder.abandon(e);
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteErrors.wrap("store cannot be opened: " + Excerpt.of(location), e);
    } catch (IOException e) {
      throw FileErrors.wrapOpening(e);
    }
  }

  private static GrantStore open(SqliteFolder folder, StoreOptions options)
      throws IOException, SQLException {
    SqliteFile file = new SqliteFile(folder.database(), options);
    DurableMark mark = DurableMark.of(folder.path(), FormatVersion.MARKED);
    SyncCatalog catalog;
    int version;
    UUID identity;
    try (SqliteDatabase found = SqliteDatabase.forReading(file.toInspect(), 0)) {
      catalog = CatalogRows.read(found);
      version = found.live().read(Schema::version);
      identity = StoreIdentity.read(found);
      folder.check(version, identity, catalog.commit(), file.log(), mark);
    }
    KeyValueStore.Place place = new KeyValueStore.Place(identity, folder.path(), folder);
    if (options.mode() == OpenMode.READ_ONLY) {
      SqliteDatabase database = SqliteDatabase.forReading(file, catalog.commit());
      return KeyValueStore.forReading(database, catalog, place);
    }
    Connection writer = file.writer();
    try {
      file.prepareWriter(writer);
      SqliteDatabase database =
          SqliteDatabase.forWriting(file, writer, mark, identity, folder.stamp(), catalog.commit());
      KeyValueStore store = KeyValueStore.forWriting(database, catalog, place);
      FormatSteps.take(store, version, database::finishMaking);
      return store;
    } catch (IOException | SQLException | RuntimeException | Error e) {
      try {
        if (folder.isNew()) {
          writer.close();
        } else {
          file.closeKeepingLog(writer);
        }
      } catch (SQLException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }
}
