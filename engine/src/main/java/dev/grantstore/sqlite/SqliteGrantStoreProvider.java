package dev.grantstore.sqlite;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.embedded.FileErrors;
import dev.grantstore.embedded.LoadFolder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Opens {@code sqlite:FOLDER}. A store that is open for writing cannot be opened for reading at the
 * same time, nor the other way round; any number may read it.
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
    if (!options.engineOptions().isEmpty()) {
      String name = options.engineOptions().keySet().iterator().next();
      throw new IllegalArgumentException(
          "unknown engine option: %s known=[]".formatted(Excerpt.of(name)));
    }
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
    Database database = new Database(folder.database(), options);
    if (options.mode() == OpenMode.READ_ONLY) {
      return SqliteGrantStore.forReading(database, folder);
    }
    Connection writer = database.writer();
    try {
      Schema.createIfAbsent(writer, UUID.randomUUID());
      database.prepareWriter(writer);
      Session session = new Session(writer);
      UUID identity;
      SqliteWrites writes;
      synchronized (session) {
        identity = Schema.identity(session);
        writes = new SqliteWrites(database, writer, session);
      }
      LoadFolder.deleteAbandoned(folder.path());
      return SqliteGrantStore.forWriting(database, writes, folder, identity);
    } catch (IOException | SQLException | RuntimeException | Error e) {
      try {
        writer.close();
      } catch (SQLException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }
}
