package dev.grantstore.sqlite;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
      StoreFolder folder = StoreFolder.claim(location, options.mode());
      try {
        return open(folder, options);
      } catch (IOException | SQLException | RuntimeException e) {
        folder.abandon();
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteErrors.wrap("store cannot be opened: " + Excerpt.of(location), e);
    } catch (AccessDeniedException e) {
      throw new GrantStoreException(
          Reason.NOT_WRITABLE, "store may not be accessed: " + e.getMessage(), e);
    } catch (FileSystemException e) {
      throw new GrantStoreException(
          String.valueOf(e.getReason()).contains("Read-only") ? Reason.NOT_WRITABLE : Reason.IO,
          "store cannot be opened: " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new GrantStoreException(Reason.IO, "store cannot be opened: " + e, e);
    }
  }

  private static GrantStore open(StoreFolder folder, StoreOptions options)
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
      folder.deleteAbandonedLoads();
      return SqliteGrantStore.forWriting(database, writes, folder, identity);
    } catch (IOException | SQLException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }
}
