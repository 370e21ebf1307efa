package dev.grantstore.microtests.rocksdb.layout;

import java.io.IOException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.rocksdb.RocksDBException;

/**
 * A database of one layout, and reads of it whose answers are known: 100,000 grants of the
 * reference shape unless it says otherwise. Keys are made beforehand and asked for in an order
 * drawn beforehand.
 */
@State(Scope.Benchmark)
public abstract class LayoutReads {
  private LayoutFolder folder;
  private LayoutRows rows;
  private LayoutDatabase database;
  private int at;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init") // by open, before any benchmark
  LayoutReads() {}

  /** {@return what is measured} */
  abstract Layout layout();

  /** {@return with how much cache} */
  abstract Room room();

  /** {@return of which grants} */
  Content content() {
    return Content.REFERENCE;
  }

  /**
   * Opens the database, which is filled if it is not there.
   *
   * @throws IOException if there is no place for it
   * @throws RocksDBException if it cannot be filled
   */
  @Setup(Level.Trial)
  public void open() throws IOException, RocksDBException {
    folder = LayoutFolder.open(content());
    rows = folder.rows(layout());
    database = LayoutDatabase.open(layout(), rows, folder.database(layout()), room().bytes());
  }

  /**
   * Closes it.
   *
   * @throws IOException if what was only for this could not be removed
   */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    database.close();
    folder.close();
  }

  /** Gets a grant that is there. */
  final int getOneThatIsThere() throws RocksDBException {
    int length = database.get(next(rows.grants));
    if (length < 0) {
      throw new IllegalStateException("grant is missing");
    }
    return length;
  }

  /** Gets a grant that is not there. */
  final int getOneThatIsNotThere() throws RocksDBException {
    int length = database.get(next(rows.missing));
    if (length >= 0) {
      throw new IllegalStateException("grant is there that should not be");
    }
    return length;
  }

  /** Reads the about 100 rows of an entitlement. */
  final int listEntitlement() throws RocksDBException {
    int found = database.list(Table.BY_ENTITLEMENT, next(rows.entitlements));
    if (found == 0) {
      throw new IllegalStateException("entitlement has no rows");
    }
    return found;
  }

  /** Reads the rows of a principal who has none. */
  final int readNobody() throws RocksDBException {
    int found = database.list(Table.BY_PRINCIPAL, next(rows.nobodies));
    if (found != 0) {
      throw new IllegalStateException("somebody has rows who should have none");
    }
    return found;
  }

  /** Asks for something that somebody holds. */
  final boolean askForHeld() throws RocksDBException {
    if (!database.holds(next(rows.held))) {
      throw new IllegalStateException("holding is missing");
    }
    return true;
  }

  /** Asks for something that somebody hardly ever holds. */
  final boolean askForNotHeld() throws RocksDBException {
    return database.holds(next(rows.notHeld));
  }

  /** Reads all grants. */
  final int scanAll() throws RocksDBException {
    int found = database.list(Table.GRANTS, new byte[Integer.BYTES]);
    if (found != LayoutRows.GRANTS) {
      throw new IllegalStateException("wrong answer: rows=" + found);
    }
    return found;
  }

  private byte[] next(byte[][] keys) {
    at = at + 1 < keys.length ? at + 1 : 0;
    return keys[at];
  }
}
