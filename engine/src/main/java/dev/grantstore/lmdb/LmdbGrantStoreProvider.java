package dev.grantstore.lmdb;

import dev.grantstore.Closing;
import dev.grantstore.Excerpt;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.IdField;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.FileErrors;
import dev.grantstore.keyvalue.FormatSteps;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.lmdbjava.LmdbException;

/**
 * Opens {@code lmdb:FOLDER}. A store that is open for writing cannot be opened for reading at the
 * same time, nor the other way round; any number may read it.
 *
 * <p>Keys are limited to 511 bytes. So the six ids of a grant together may take 501, and a sync's
 * id 505, in UTF-8 and with U+0000 and U+0001 counted twice. A grant or sync with longer ids is
 * refused with {@link dev.grantstore.Reason#UNSUPPORTED}, with the limit in the message, and
 * nothing of its batch is written; a read with longer ids finds nothing.
 *
 * <p>Engine options, whole numbers:
 *
 * <ul>
 *   <li>{@code map_size}: how large the file may become, in bytes; 1 TiB unless set. It takes
 *       address space, not memory and not disk. A write past it is {@link
 *       dev.grantstore.Reason#NO_SPACE}.
 *   <li>{@code max_readers}: how many cursors, snapshots and running reads there may be at a time;
 *       1,022 unless set. One more is {@link dev.grantstore.Reason#UNSUPPORTED}. A store that is
 *       open read-only has no such limit.
 *   <li>{@code check_pages_up_to}: how long a file may be, in bytes, to have its pages checked when
 *       it is opened for writing; 256 MiB unless set, 0 for none. A store that is opened read-only
 *       is checked whatever its size.
 * </ul>
 *
 * <p>LMDB trusts its pages: a damaged one makes it read past the end of its file, or abort, which
 * ends the JVM. The check reads the pages of every tree, and the list of free ones, and refuses
 * what LMDB would stumble over with {@link dev.grantstore.Reason#CORRUPTION}, and the page's number
 * in the message. It does not look into values; and pages that are damaged while the store is open
 * are not found. A file that comes from elsewhere should be opened read-only, or with a limit above
 * its size.
 *
 * <p>From format 3 on each row has a checksum over its key and value, and no bit of them changes an
 * answer: reads say {@link dev.grantstore.Reason#CORRUPTION}. Rows that were written in format 1 or
 * 2 have none until they are replaced. Rows that are gone are found by the check of the pages;
 * without it only by a list of all grants of a sealed sync that is read from its start to its end,
 * or of those that need expansion, and not by one by entitlement or principal, {@code holds},
 * {@code get}, or in an open sync.
 *
 * <p>After a write that fails for want of room the store goes on; after a commit that failed in
 * another way it takes no more writes until it is opened again.
 *
 * <p>{@link StoreOptions#cacheBytes} is not used: LMDB reads from the page cache of the system.
 *
 * <p>Durability: with {@code SYNC} each commit is forced to the disk, first its pages and then the
 * page that points to them. With {@code WAL} and {@code BULK} it forces its pages only, so a loss
 * of power may undo the last commits but never damages what was there before; {@code seal}, {@code
 * drop}, {@code flush}, a load's commit and {@code close} force the rest. LMDB has no log, so there
 * is no cheaper way that keeps what was sealed: each batch waits for the device once.
 *
 * <p>A read transaction holds what it sees: while a cursor or snapshot is open, what others give up
 * is not used again and the file grows. It never shrinks; room that was given up is used again.
 */
public final class LmdbGrantStoreProvider implements GrantStoreProvider {
  /** For the service loader. */
  public LmdbGrantStoreProvider() {}

  @Override
  public String scheme() {
    return "lmdb";
  }

  @Override
  public String engineVersion() {
    return "lmdb " + LmdbLibrary.version();
  }

  /** The longest key, without the sync's number and the ends of six elements. */
  @Override
  public int mostIdBytes() {
    return LmdbFile.LONGEST_KEY_BYTES - Integer.BYTES - IdField.COUNT;
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    LmdbOption.check(options.engineOptions());
    LmdbLibrary.load();
    try {
      LmdbFolder folder = LmdbFolder.claim(location, options);
      try {
        return open(folder, options);
      } catch (IOException | RuntimeException e) {
        folder.abandon(e);
        throw e;
      }
    } catch (LmdbException | IllegalArgumentException e) {
      throw LmdbErrors.wrap(
          "store cannot be opened: " + Excerpt.of(location), e, Path.of(location, "any"));
    } catch (IOException e) {
      throw FileErrors.wrapOpening(e, Path.of(location));
    }
  }

  private static GrantStore open(LmdbFolder folder, StoreOptions options) throws IOException {
    LmdbFile file = LmdbFile.open(folder.database(), options);
    AutoCloseable opened = file;
    try {
      DurableMark mark = DurableMark.of(folder.path(), FormatVersion.MARKED);
      int version;
      UUID identity;
      try (Session session = new Session(file)) {
        version = folder.version(session);
        mark.read(version);
        identity = Schema.identity(session);
      }
      LmdbDatabase database = new LmdbDatabase(file, mark, identity);
      opened = database;
      SyncCatalog catalog = CatalogRows.read(database);
      mark.check(identity, catalog.commit());
      KeyValueStore.Place place = new KeyValueStore.Place(identity, folder.path(), folder);
      if (options.mode() == OpenMode.READ_ONLY) {
        return KeyValueStore.forReading(database, catalog, place);
      }
      KeyValueStore store = KeyValueStore.forWriting(database, catalog, place);
      FormatSteps.take(store, version, database::finishMaking);
      return store;
    } catch (IOException | RuntimeException | Error e) {
      Closing.after(e, List.of(opened));
      throw e;
    }
  }
}
