package dev.grantstore.equivalence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Power loss for each engine, and that a sync which an engine forgets is found. */
final class PowerLossTest {
  private static final long SEED = 20_261_130;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void whatIsDurableIsThere(String engine) throws Exception {
    assertThat(unknown(run(engine, 24, path -> false))).isEmpty();
  }

  @ParameterizedTest
  @Tag("deep")
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void whatIsDurableIsThereAtManyMoments(String engine) throws Exception {
    assertThat(unknown(run(engine, 150, path -> false))).isEmpty();
  }

  @Test
  void aForgottenSyncIsFound() throws Exception {
    assertThat(run("mvstore", 4, path -> path.endsWith("/grants.mv")).findings()).isNotEmpty();
  }

  @ParameterizedTest
  @Tag("deep")
  @CsvSource({
    "rocksdb, .log",
    "rocksdb, .sst",
    "rocksdb, /MANIFEST-\\d+",
    "rocksdb, .dbtmp",
    "rocksdb, /WATERMARK.next",
    "rocksdb, /FORMAT.next",
    "rocksdb, /store",
    "rocksdb, /db",
    "rocksdb, ''",
    "sqlite, /grants.db-wal",
    "sqlite, /grants.db(.new)?",
    "sqlite, /WATERMARK.next",
    "sqlite, /store",
    "lmdb, /grants.mdb(.new)?",
    "lmdb, /WATERMARK.base.next",
    "lmdb, /store",
    "mvstore, /grants.mv",
    "mvstore, /store",
    "mvstore, /db",
  })
  void everyForgottenSyncIsFound(String engine, String file) throws Exception {
    String pattern = file.isEmpty() ? "" : ".*" + file;
    assertThat(run(engine, 200, path -> path.matches(pattern)).findings()).isNotEmpty();
  }

  @ParameterizedTest
  @EnabledIfSystemProperty(
      named = "equiv.nightly.power",
      matches = "[0-9]+",
      disabledReason = "makes as many images as told: -Dequiv.nightly.power=10000")
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void whatIsDurableIsThereEveryNight(String engine) throws Exception {
    int images = Integer.getInteger("equiv.nightly.power");
    assertThat(unknown(run(engine, images, path -> false))).isEmpty();
  }

  /**
   * Not ours, and not mended yet: RocksDB does not open when the last record of its manifest, which
   * nothing depends on yet, has its length but not all of its pages. See rfc/results.
   */
  private static List<String> unknown(PowerLossCampaign campaign) {
    return campaign.findings().stream()
        .filter(finding -> !finding.matches("(?s)rocksdb: .*reason=CORRUPTION.*/MANIFEST-\\d+ .*"))
        .toList();
  }

  private PowerLossCampaign run(String engine, int images, Predicate<String> forgotten)
      throws Exception {
    try (PowerLossCampaign campaign =
        new PowerLossCampaign(
            engine,
            List.of(Durability.values()),
            Long.getLong("equiv.seed", SEED),
            folder,
            Path.of("target", "equiv"),
            FaultCampaign.LONGEST_CASE,
            () -> false,
            forgotten)) {
      campaign.run(images);
      System.out.println(campaign.text());
      return campaign;
    } catch (CannotRecordException e) {
      System.out.println(engine + ": " + e.banner());
      Assumptions.abort(e.banner());
      throw e;
    }
  }
}
