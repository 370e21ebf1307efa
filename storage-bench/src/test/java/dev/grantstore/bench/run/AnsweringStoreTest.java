package dev.grantstore.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.run.CellRequest.Engine;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.progress.Progress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnsweringStoreTest {
  private static final long CACHE_BYTES = 3L << 20;

  @TempDir private Path folder;

  /** Else a JVM with little memory dies of the store that only gives the grants to be written. */
  @Test
  void storeThatGrantsAreTakenFromCachesNoMoreThanTheOneThatIsMeasured() throws Exception {
    Fixtures.create(
        Subjects.SPEC,
        CreateOptions.defaults().withEngine("mvstore"),
        folder.resolve("fixture"),
        Progress.NONE);
    Fixture fixture = Fixtures.open(folder.resolve("fixture"));
    StoreOptions options =
        StoreOptions.of(OpenMode.READ_ONLY)
            .withDurability(Durability.WAL)
            .withCacheBytes(CACHE_BYTES);
    try (AnsweringStore answering =
        new AnsweringStore(
            Engine.OF_FIXTURE, "", fixture, fixture.manifest().syncs().get(0), options)) {
      GrantStore source = (GrantStore) answering.source();

      assertThat(source.stats().engine()).containsEntry("cache-limit-bytes", "" + CACHE_BYTES);
    }
  }
}
