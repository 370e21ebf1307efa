package dev.grantstore.microtests.fuzz;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdInputStream;
import dev.grantstore.Grant;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.error.FixtureException.Problem;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.source.GrantStream;
import dev.grantstore.fixture.source.ImportOptions;
import dev.grantstore.fixture.source.SourceSync;
import dev.grantstore.fixture.source.c1z.C1zFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** c1z files, from outside to inside. */
final class C1zInputs {
  private static final byte[] MAGIC = "C1ZF\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final long MOST_DECOMPRESSED_BYTES = 16 << 20;

  /** Many times what the largest of these files takes; counted, not timed. */
  private static final long MOST_LOOKS = 100_000;

  private C1zInputs() {}

  /** A file as it is. */
  static final class Container implements Parser {
    private final Reading reading;

    Container(Path folder) {
      reading = new Reading(folder);
    }

    @Override
    public boolean takes(byte[] input) throws IOException {
      return reading.takes(input, input);
    }
  }

  /** A database in a frame that fits. */
  static final class Pages implements Parser {
    private final Reading reading;

    Pages(Path folder) {
      reading = new Reading(folder);
    }

    @Override
    public boolean takes(byte[] input) throws IOException {
      return reading.takes(packed(input), input);
    }
  }

  /** Statements, one a line; those that fail do nothing. */
  static final class Statements implements Parser {
    private final Reading reading;

    Statements(Path folder) {
      reading = new Reading(folder);
    }

    @Override
    public boolean takes(byte[] input) throws IOException, SQLException {
      try (Connection connection = inMemory()) {
        execute(connection, new String(input, StandardCharsets.ISO_8859_1));
        return reading.takes(packed(bytes(connection)), input);
      }
    }
  }

  /** A byte for the column, and what is in it as a blob; an even one has it as text. */
  static final class Messages implements Parser {
    private static final List<String> COLUMNS =
        List.of("data", "expansion", "external_id", "discovered_at", "sync_id", "entitlement_id");

    private final Reading reading;
    private final Connection connection;

    Messages(Path folder) throws SQLException {
      reading = new Reading(folder);
      connection = inMemory();
      execute(
          connection,
          "CREATE TABLE v1_sync_runs (id integer primary key, sync_id text, started_at, ended_at)\n"
              + "INSERT INTO v1_sync_runs VALUES (1, 's', '2025-12-17 16:31:25', '2025-12-17"
              + " 16:33:36')\n"
              + "CREATE TABLE v1_grants (id integer primary key, resource_type_id, resource_id,"
              + " entitlement_id, principal_resource_type_id, principal_resource_id, external_id,"
              + " expansion blob, needs_expansion, data blob, sync_id, discovered_at)\n");
    }

    @Override
    public boolean takes(byte[] input) throws IOException, SQLException {
      int kind = input.length == 0 ? 0 : input[0] & 0xff;
      String column = COLUMNS.get(kind % COLUMNS.size());
      String value = kind / COLUMNS.size() % 2 == 0 ? "?" : "CAST(? AS TEXT)";
      execute(
          connection,
          "DELETE FROM v1_grants\n"
              + "INSERT INTO v1_grants VALUES (1, 'group', 'g1', 'e1', 'user', 'u', 'g', x'', 1,"
              + " x'', 's', '2025-12-17 16:31:26')");
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE v1_grants SET " + column + " = " + value)) {
        update.setBytes(1, Arrays.copyOfRange(input, Math.min(1, input.length), input.length));
        update.executeUpdate();
      }
      return reading.takes(packed(bytes(connection)), input);
    }
  }

  /** Imports one file after the other. */
  private static final class Reading {
    private final Path folder;

    Reading(Path folder) {
      this.folder = folder;
    }

    boolean takes(byte[] content, byte[] input) throws IOException {
      Path file = Files.write(folder.resolve("in.c1z"), content);
      long[] looks = {0};
      Progress bounded =
          new Progress() {
            @Override
            public boolean cancelled() {
              return ++looks[0] > MOST_LOOKS;
            }
          };
      try (C1zFile c1z = C1zFile.open(file, folder, options(), bounded)) {
        List<Grant> grants = new ArrayList<>();
        for (SourceSync sync : c1z.syncs()) {
          grants.addAll(read(c1z, sync));
        }
        byte[] database = unpacked(content);
        Refusal.loseNothing(grants, database);
        Refusal.loseNothing(c1z.warnings(), database);
        return true;
      } catch (FixtureException e) {
        Refusal.same(Problem.BAD_INPUT, e.problem());
        return Refusal.inWords(e, input);
      }
    }

    private static List<Grant> read(C1zFile c1z, SourceSync sync) throws IOException {
      List<Grant> grants = new ArrayList<>();
      try (GrantStream stream = c1z.grants(sync)) {
        for (Grant grant = stream.next(); grant != null; grant = stream.next()) {
          grants.add(grant);
        }
      }
      return grants;
    }

    private static ImportOptions options() {
      return new ImportOptions(
          java.util.Optional.empty(),
          ImportOptions.Unfinished.INCLUDE,
          MOST_DECOMPRESSED_BYTES,
          ImportOptions.Empty.ALLOW);
    }
  }

  /** A database that cannot reach files, nor go on for ever while it is made. */
  private static Connection inMemory() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.enableLoadExtension(false);
    Connection connection = config.createConnection("jdbc:sqlite::memory:");
    SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
    for (Map.Entry<SQLiteLimits, Integer> limit :
        Map.of(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0, SQLiteLimits.SQLITE_LIMIT_LENGTH, 1 << 20)
            .entrySet()) {
      sqlite.setLimit(limit.getKey(), limit.getValue());
    }
    return connection;
  }

  private static void execute(Connection connection, String lines) throws SQLException {
    for (String line : lines.lines().toList()) {
      // Those would last beyond the database.
      if (line.contains("heap_limit") || line.contains("directory")) {
        continue;
      }
      int[] left = {100};
      ProgressHandler.setHandler(
          connection,
          1_000,
          new ProgressHandler() {
            @Override
            protected int progress() {
              return --left[0] < 0 ? 1 : 0;
            }
          });
      try (Statement statement = connection.createStatement()) {
        statement.execute(line);
      } catch (SQLException e) {
        // As if it were not there.
      } finally {
        ProgressHandler.clearHandler(connection);
      }
    }
  }

  private static byte[] bytes(Connection connection) throws SQLException {
    return connection.unwrap(SQLiteConnection.class).serialize("main");
  }

  private static byte[] packed(byte[] database) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    try (ZstdCompressCtx encoder = new ZstdCompressCtx().setChecksum(true)) {
      out.writeBytes(encoder.compress(database));
    }
    return out.toByteArray();
  }

  private static byte[] unpacked(byte[] file) throws IOException {
    int length = file.length - MAGIC.length;
    try (InputStream in =
        new ZstdInputStream(new ByteArrayInputStream(file, MAGIC.length, length))) {
      return in.readAllBytes();
    }
  }
}
