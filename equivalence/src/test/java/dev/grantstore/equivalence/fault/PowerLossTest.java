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

  /** Of each file whose syncs are forgotten; the first few images show it. */
  private static final int FORGOTTEN_IMAGES = 12;

  private static final List<Verdict.Kind> NOT_SAID =
      List.of(Verdict.Kind.RAW, Verdict.Kind.HANG, Verdict.Kind.DEAD);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void whatIsDurableIsThere(String engine) throws Exception {
    assertThat(run(engine, 4, path -> false).findings()).isEmpty();
  }

  @ParameterizedTest
  @Tag("deep")
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void whatIsDurableIsThereAtManyMoments(String engine) throws Exception {
    assertThat(run(engine, 150, path -> false).findings()).isEmpty();
  }

  @Test
  void aForgottenSyncIsFound() throws Exception {
    assertFound("mvstore", 4, path -> path.endsWith("/grants.mv"));
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
    assertFound(engine, FORGOTTEN_IMAGES, path -> path.matches(pattern));
  }

  @ParameterizedTest
  @EnabledIfSystemProperty(
      named = "equiv.nightly.power",
      matches = "[0-9]+",
      disabledReason = "makes as many images as told: -Dequiv.nightly.power=10000")
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void whatIsDurableIsThereEveryNight(String engine) throws Exception {
    int images = Integer.getInteger("equiv.nightly.power");
    assertThat(run(engine, images, path -> false).findings()).isEmpty();
  }

  /** A store that has lost what it cannot do without says so, in the contract's words. */
  private void assertFound(String engine, int images, Predicate<String> forgotten)
      throws Exception {
    PowerLossCampaign campaign = run(engine, images, forgotten);
    assertThat(campaign.findings()).isNotEmpty();
    for (Verdict.Kind kind : NOT_SAID) {
      assertThat(campaign.count(kind)).as("%s: %s", kind, campaign.findings()).isZero();
    }
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
