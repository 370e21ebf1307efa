package dev.grantstore.equivalence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.planted.PlantedBug;
import dev.grantstore.equivalence.planted.PlantedBugs;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Interruption;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EquivTest {
  private static final Path REPLAYS = Path.of("src", "test", "resources", "replays");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path scratch;

  @BeforeEach
  void makeScratch() throws IOException {
    scratch = Files.createDirectory(folder.resolve("scratch"));
  }

  @AfterEach
  void nothingIsLeftInScratch() throws IOException {
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
  }

  /** F18: the folder is in memory, where nobody looks. */
  @Test
  void whatAKilledRunLeftIsClearedByAnyCommandThatMakesStores() throws IOException {
    String replay = REPLAYS.resolve("get-all-null-of-unknown-sync.replay").toString();
    for (List<String> command :
        List.of(
            List.of("run", "--tries", "1"),
            List.of("replay", replay),
            List.of("reduce", replay),
            List.of("mutants", "--tries", "1", "get-all-dedups"))) {
      Path left = Files.createTempDirectory(scratch, "grantstore-equiv-");
      Files.writeString(
          left.resolve("owner.lock"),
          "made by a process of grantstore; whoever finds it unlocked may remove the folder\n");
      Files.createDirectories(left.resolve("content/rocksdb/store-1"));

      run(command.toArray(String[]::new));

      assertThat(left).describedAs(command.get(0)).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"example", "memory"})
  void whatIsDoneToFilesIsRefusedOfAnEngineWithoutAny(String engine) {
    for (String command : List.of("faults", "powerloss")) {
      assertThat(run(command, "--engine", engine)).isEqualTo(ExitCode.USAGE);
      assertThat(err.toString()).contains("keeps nothing on disk").doesNotContain("TESTED");
      err.getBuffer().setLength(0);
    }
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void mutantsAreListedByName() {
    assertThat(run("mutants", "--list")).isZero();
    assertThat(out.toString().lines())
        .containsExactlyElementsOf(PlantedBugs.ALL.stream().map(PlantedBug::name).toList());
    out.getBuffer().setLength(0);
    assertThat(run("mutants", "--list", "--once")).isZero();
    assertThat(out.toString().lines()).hasSameSizeAs(PlantedBugs.STRIKING_ONCE);
  }

  @Test
  void whatMayHaveBeenMeantIsSaidOfWordsInAReplay() throws IOException {
    String good = Files.readString(REPLAYS.resolve("planted-page-token-loses-a-row.replay"));
    Path file = folder.resolve("typo.replay");
    Files.writeString(file, good.replaceFirst(" page token", " pag token"));
    assertThat(run("replay", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("unknown operation: pag; did you mean page?");
    Files.writeString(file, good.replaceFirst("list=scan", "list=skan"));
    assertThat(run("replay", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("unknown list: skan; did you mean scan?");
  }

  @Test
  void enginesThatAnswerAlikeAreEqual() {
    int code = run("run", "--engine", "rocksdb,sqlite", "--tries", "100", "--threads", "2");

    assertThat(code).isZero();
    assertThat(out.toString())
        .startsWith("100 tries of ")
        .contains("rocksdb sqlite against memory, seeds 1 to 100; what rocksdb did:")
        .contains("of 37 kinds")
        .endsWith("equal\n");
  }

  @Tag("deep")
  @Test
  void relationsHoldToo() {
    int code =
        run("run", "--engine", "rocksdb,sqlite", "--tries", "100", "--threads", "2", "--relations");

    assertThat(code).isZero();
    assertThat(out.toString()).endsWith("equal\n");
  }

  @Test
  void tooFewTriesAreInconclusiveAndNotEqual() {
    assertThat(run("run", "--tries", "2")).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(out.toString())
        .contains("coverage (O12) not judged: fewer tries than 100")
        .endsWith("too little covered: no difference in 2 tries\n");
  }

  @Test
  void aFindingIsReducedAndWritten() throws IOException {
    assertThat(findBug()).isEqualTo(ExitCode.FOUND);

    ReplayFile found = ReplayFile.parse(Files.readString(onlyFinding()));
    assertThat(found.workload().ops().stream().map(Op::kind)).contains("getAll");
    assertThat(found.workload().ops()).hasSizeLessThanOrEqualTo(3);
    assertThat(found.remarks()).anyMatch(remark -> remark.endsWith("fails in 20 of 20 runs"));
    assertThat(out.toString())
        .contains("divergence: store=broken", "expect fail O1/getAll/")
        .contains("who answered alike: memory | broken")
        .endsWith("FOUND\n");
  }

  @Test
  void aFindingIsReplayedOnTheBrokenEngineAndOnASoundOne() throws IOException {
    findBug();
    String file = onlyFinding().toString();

    assertThat(run("replay", "--engine", "broken", "--forgetful", file)).isEqualTo(ExitCode.FOUND);
    assertThat(out.toString()).contains("as expected");
    assertThat(run("replay", "--engine", "rocksdb", "--step", file)).isZero();
    assertThat(out.toString()).contains("equal, expected O1/getAll/").contains("  getAll sync=S0");
  }

  @Test
  void everyReplayOfThisProjectPasses() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("replay", "--engine", "rocksdb,sqlite"));
    try (Stream<Path> files = Files.list(REPLAYS)) {
      files.map(Path::toString).filter(f -> f.endsWith(".replay")).forEach(arguments::add);
    }

    assertThat(run(arguments.toArray(String[]::new))).isZero();
    assertThat(out.toString().lines()).hasSizeGreaterThan(10).allMatch(l -> l.endsWith("expected"));
  }

  @Test
  void aLongFindingIsReducedAndItselfLeftAlone() throws IOException {
    Path file = Files.copy(Path.of("src/test/resources/get-all-twice.txt"), folder.resolve("a"));
    String before = Files.readString(file);

    assertThat(run("reduce", "--engine", "broken", "--forgetful", file.toString()))
        .isEqualTo(ExitCode.FOUND);

    assertThat(Files.readString(file)).isEqualTo(before);
    ReplayFile reduced = ReplayFile.parse(Files.readString(folder.resolve("a.reduced")));
    assertThat(reduced.workload().ops()).hasSizeLessThan(6);
    assertThat(run("reduce", "--engine", "sqlite", file.toString())).isZero();
    assertThat(out.toString()).contains("nothing to reduce");
  }

  @Test
  void aPlantedBugIsFound() {
    assertThat(run("mutants", "get-all-dedups")).isZero();
    assertThat(out.toString()).contains("1 of 1 found");
    assertThat(run("mutants", "--tries", "1", "ids-run-together")).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(out.toString()).contains("NOT FOUND", "0 of 1 found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "run --engine nonsense",
        "run --engine kudu",
        "run --engine rocksdb:place",
        "faults --engine kudu",
        "powerloss --engine kudu",
        "card --engine kudu",
        "run --tries 0",
        "run --threads 0",
        "run --for soon",
        "run --set nonsense.a=1",
        "run --set durability=nonsense",
        "run --set rocksdb.nonsense=1",
        "run --scratch nonsense",
        "run --runs-per-store 0",
        "run --output pom.xml",
        "replay",
        "replay nonsense",
        "replay pom.xml",
        "replay src",
        "reduce nonsense",
        "mutants nonsense",
        "mutants --tries 0",
        "card --engine nonsense",
        "card --not-claimed nonsense",
        "card --tries 0",
        "card --depth 99",
        "card --output pom.xml"
      })
  void whatMakesNoSenseIsRefusedInALine(String arguments) {
    int code =
        InThisJvm.run(
            List.of(arguments.isEmpty() ? new String[0] : arguments.split(" ")),
            Interruption.never(),
            out,
            err);

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("equiv").doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aReplayFileThatDoesNotParseIsRefusedWithItsPlace() throws IOException {
    Path file = folder.resolve("bad.replay");
    Files.writeString(file, "#! equiv-replay 1\nsync S0 = \"s\"\nput sync=S1\nexpect pass\n");

    assertThat(run("replay", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("bad.replay:").contains("3");
  }

  @Test
  void anInterruptedRunEndsAndSaysSo() {
    Interruption interruption = Interruption.never();
    interruption.request();

    assertThat(run(interruption, "run", "--tries", "1000000")).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(out.toString().lines().toList())
        .last()
        .asString()
        .startsWith("interrupted: no difference in ");
  }

  private int findBug() {
    return run(
        "run",
        "--engine",
        "broken",
        "--forgetful",
        "--tries",
        "1000",
        "--output",
        folder.resolve("found").toString());
  }

  private Path onlyFinding() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("found"))) {
      List<Path> found = files.toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private int run(String... arguments) {
    return run(Interruption.never(), arguments);
  }

  private int run(Interruption interruption, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(1, List.of("--scratch", scratch.toString()));
    return InThisJvm.run(all, interruption, out, err);
  }
}
