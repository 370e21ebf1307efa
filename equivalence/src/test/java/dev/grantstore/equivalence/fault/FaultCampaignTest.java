package dev.grantstore.equivalence.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.equivalence.planted.FaultyProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A small portion of the nightly campaigns, and planted faults, all of which they find. */
final class FaultCampaignTest {
  private static final long SEED = 20_261_129;
  private static final boolean DEEP = Boolean.getBoolean("tests.deep");

  @TempDir Path folder;

  /**
   * RocksDB's in the deep tier: each build damages and loses its files in the engine's own tests.
   */
  static Stream<String> checkedByBlocks() {
    return DEEP ? Stream.of("rocksdb", "mvstore") : Stream.of("mvstore");
  }

  @ParameterizedTest
  @MethodSource("checkedByBlocks")
  void damagedAndLostFilesAreToldOrDoNotMatter(String engine) throws Exception {
    try (FaultCampaign campaign = campaign(engine)) {
      assertThat(campaign.run(FaultKind.DAMAGE, 4).findings()).isEmpty();
      assertThat(campaign.run(FaultKind.LOSS, 4).findings()).isEmpty();
    }
  }

  /** The others in the deep tier: each build kills writers of theirs in the engine's own tests. */
  static Stream<String> killed() {
    return DEEP ? Stream.of("rocksdb", "sqlite", "lmdb", "mvstore") : Stream.of("sqlite", "lmdb");
  }

  @ParameterizedTest
  @MethodSource("killed")
  void killedWritersLoseNothing(String engine) throws Exception {
    try (FaultCampaign campaign = campaign(engine)) {
      FaultTally tally = campaign.run(FaultKind.KILL, 1);

      assertThat(tally.findings()).isEmpty();
      assertThat(tally.cases()).isEqualTo(1);
    }
  }

  @Test
  void aDamagedStoreThatOpensAsAnEmptyOneIsFoundKeptAndFoundAgain() throws Exception {
    try (FaultCampaign campaign = campaign("faulty")) {
      FaultTally tally = campaign.run(FaultKind.DAMAGE, 8);

      assertThat(tally.findings()).isNotEmpty().allMatch(finding -> finding.contains("SILENT"));
      Path kept = tally.keptFolders().get(0);
      FaultCampaign.Repeated repeated =
          FaultCampaign.repeat(kept, folder, FaultCampaign.LONGEST_CASE);
      assertThat(repeated.isFinding()).isTrue();
      assertThat(repeated.text()).startsWith("SILENT ");
      assertThat(Files.readString(kept.resolve("finding.txt"))).contains("# SILENT ");
    }
  }

  @Test
  void aStoreThatLostAFileAndOpensAsAnEmptyOneIsFound() throws Exception {
    try (FaultCampaign campaign = campaign("faulty")) {
      assertThat(campaign.run(FaultKind.LOSS, 8).findings())
          .isNotEmpty()
          .allMatch(finding -> finding.contains("SILENT"));
    }
  }

  @Test
  void aPutThatIsAcknowledgedBeforeItIsDoneIsFoundByKills() throws Exception {
    try (FaultCampaign campaign = campaign("faulty")) {
      assertThat(campaign.run(FaultKind.KILL, 6).findings()).isNotEmpty();
    }
  }

  @Test
  void aJvmThatDiesIsToldAndTheNextCaseGetsAnother() throws Exception {
    try (JudgeProcess judge = new JudgeProcess(folder, FaultCampaign.LONGEST_CASE)) {
      assertThat(judge.judge(trial(FaultyProvider.DIES)).kind()).isEqualTo(Verdict.Kind.DEAD);
      assertThat(judge.judge(trial(FaultyProvider.THROWS)).kind()).isEqualTo(Verdict.Kind.RAW);
      assertThat(judge.judge(trial("nothing")).kind()).isEqualTo(Verdict.Kind.RIGHT);
    }
  }

  @Test
  void aCallThatDoesNotEndIsTold() throws Exception {
    try (JudgeProcess judge = new JudgeProcess(folder, Duration.ofSeconds(5))) {
      assertThat(judge.judge(trial(FaultyProvider.HANGS)).kind()).isEqualTo(Verdict.Kind.HANG);
    }
  }

  @Test
  void aFindingThatWasCutIsRefused() throws Exception {
    Path kept = folder.resolve("kept");
    FaultFinding.write(
        kept, trial("nothing"), "nothing was done", Verdict.of(Verdict.Kind.SILENT, "planted"));
    Path file = kept.resolve("finding.txt");
    String text = Files.readString(file);
    assertThat(FaultFinding.read(kept).scheme()).isEqualTo("faulty");

    for (int length = 0; length < text.length(); length++) {
      Files.writeString(file, text.substring(0, length));
      assertThatThrownBy(() -> FaultFinding.read(kept))
          .as("first %d characters", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private FaultCampaign campaign(String engine) throws IOException {
    return new FaultCampaign(
        engine,
        SEED,
        Files.createDirectories(folder.resolve("scratch")),
        folder.resolve("findings"),
        FaultCampaign.LONGEST_CASE,
        () -> false);
  }

  /** A sound store, in whose folder a file of that name lies. */
  private Trial trial(String name) throws IOException {
    Path store = folder.resolve("store-" + name);
    Script script = new Script(SEED);
    try (GrantStore writer = Judge.open("faulty", store, OpenMode.CREATE)) {
      script.run(writer, 0, () -> {});
      script.run(writer, 1, () -> {});
    }
    Files.createFile(store.resolve(name));
    return new Trial("faulty", store, OpenMode.OPEN, SEED, 2, 2, true, false);
  }
}
