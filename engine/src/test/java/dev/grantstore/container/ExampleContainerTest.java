package dev.grantstore.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.codec.ExampleGrant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of a container; they never change within its version, and rfc/0010 shows them. */
final class ExampleContainerTest {
  @TempDir Path folder;

  @Test
  void theExampleIsGoldenBytes() throws IOException {
    Path file = folder.resolve("s1.gsync");
    try (GrantStore store = Containers.store("memory", folder)) {
      store.startSync("s1", "full", Instant.parse("2026-01-02T03:00:00Z"));
      store.put("s1", ExampleGrant.GRANT);
      store.seal("s1", Instant.parse("2026-01-02T04:00:00.5Z"));
      SyncFiles.save(
          store,
          List.of("s1"),
          file,
          SaveOptions.defaults().withSorting(new BulkLoadOptions(1 << 20, 1)));
    }

    assertThat(HexFormat.of().formatHex(Files.readAllBytes(file))).isEqualTo(example());
    assertThat(read(file)).containsExactly(ExampleGrant.GRANT);
  }

  @Test
  void theExampleIsRead() throws IOException {
    Path file = folder.resolve("s1.gsync");
    Files.write(file, HexFormat.of().parseHex(example()));

    assertThat(SyncFiles.verify(file).grants()).isEqualTo(1);
    assertThat(read(file)).containsExactly(ExampleGrant.GRANT);
  }

  @Test
  void theRfcShowsIt() throws IOException {
    assertThat(Files.readString(Path.of("..", "rfc", "0010-containers.md"))).contains(commented());
  }

  private static String example() throws IOException {
    return commented().replaceAll("#.*|\\s", "");
  }

  private static String commented() throws IOException {
    try (InputStream in = ExampleContainerTest.class.getResourceAsStream("example.hex")) {
      return new String(
          Objects.requireNonNull(in, "example.hex").readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static Grant[] read(Path file) {
    try (GrantStore store = SyncFiles.open(file, 0);
        GrantCursor cursor = store.cursor(new GrantQuery.Scan("s1"))) {
      cursor.next();
      return new Grant[] {cursor.grant()};
    }
  }
}
