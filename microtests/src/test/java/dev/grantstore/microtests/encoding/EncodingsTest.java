package dev.grantstore.microtests.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.microtests.cli.Encodings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncodingsTest {
  @TempDir Path temp;

  @Test
  void everyEncodingIsWeighedAndTimed() throws Exception {
    Path fixture = temp.resolve("fixture");
    Fixtures.create(
        FixtureSpec.reference(2_000, 50, 1_000, 3),
        CreateOptions.defaults(),
        fixture,
        Progress.NONE);

    String tables = Encodings.tables(fixture, 500);

    for (EncodingKind kind : EncodingKind.values()) {
      assertThat(tables.lines().filter(line -> line.startsWith("| " + kind.label() + " |")))
          .as(kind.label())
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).doesNotContain(" 0.0 "));
    }
  }
}
