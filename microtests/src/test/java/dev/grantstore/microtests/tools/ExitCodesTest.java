package dev.grantstore.microtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One table of exit codes for three tools: 0 fine, 1 the machine or the tool, 2 usage or input, 3
 * found, 4 wrong or damaged, 5 inconclusive. 130 is in {@link SignalsTest}.
 */
final class ExitCodesTest {
  private static final Pattern CLASS =
      Pattern.compile("(?:java|javax|com|org|picocli|dev)[./][a-z]+[./].*[A-Z]|Exception|\\tat ");

  @TempDir private static Path folder;

  @BeforeAll
  static void makeFixtures() throws IOException {
    for (String name : List.of("good", "torn", "empty")) {
      String path = folder.resolve(name).toString();
      assertThat(Tools.run("fixture-gen", "create", "--out", path, "--grants", "300").code())
          .isZero();
    }
    Path manifest = folder.resolve("torn/manifest.json");
    Files.writeString(manifest, Files.readString(manifest).substring(0, 200));
    Files.delete(folder.resolve("empty/manifest.json"));
    Files.createDirectory(folder.resolve("cards"));
    Files.writeString(folder.resolve("ids.csv"), idsThatLmdbDoesNotTake());
    Files.writeString(folder.resolve("bad.jsonl"), "{\n");
    Files.writeString(folder.resolve("bad.replay"), "#! equiv-replay 1\n1 nonsense\n");
    Files.writeString(folder.resolve("pass.replay"), "#! equiv-replay 1\nexpect pass\n");
    Files.writeString(folder.resolve("bad.json"), "{\"formatVersion\": \"\u001b[2J\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|fixture-gen create --out $/new --grants 10",
        "2|fixture-gen create --out $/good --grants 10",
        "2|fixture-gen create --out $/x --engine granite",
        "2|fixture-gen create --out $/x --grants many",
        "2|fixture-gen import --out $/x --from $/bad.jsonl",
        "2|fixture-gen import --out $/x --from $/none.c1z",
        "2|fixture-gen import --out $/x --from $/ids.csv --engine lmdb",
        "0|fixture-gen inspect $/good",
        "4|fixture-gen inspect $/torn",
        "2|fixture-gen inspect $/empty",
        "0|fixture-gen digest $/good",
        "4|fixture-gen digest $/torn",
        "2|fixture-gen digest $/none",
        "0|fixture-gen export $/good",
        "4|fixture-gen export $/torn",
        "2|fixture-gen export $/good --sync-id other",
        "2|fixture-gen restore $/bad.jsonl --out $/x",
        "2|fixture-gen restore $/none.jsonl --out $/x",
        "2|fixture-gen restore $/bad.jsonl --into rocksdb:$/none",
        "5|equiv run --tries 3 --output $/found",
        "2|equiv run --engine granite",
        "2|equiv run --set rocksdb.blok_size=1",
        "0|equiv replay $/pass.replay",
        "2|equiv replay $/bad.replay",
        "0|equiv reduce $/pass.replay",
        "2|equiv reduce $/none.replay",
        "5|equiv mutants --tries 1 ids-run-together",
        "2|equiv mutants ids-run-togethr",
        "2|equiv card --engine granite",
        "2|equiv card --depth 99",
        "0|storage-bench list benchmarks",
        "2|storage-bench list benchmark",
        "0|storage-bench env",
        "2|storage-bench env --format xml",
        "0|storage-bench completion",
        "2|storage-bench completion bash",
        "2|storage-bench show $/bad.json",
        "2|storage-bench show $/none.json",
        "2|storage-bench compare $/bad.json $/bad.json",
        "2|storage-bench gate --baseline $/bad.json $/bad.json",
        "2|storage-bench gate",
        "2|storage-bench run --fixture $/none --forks 0 --cache-dir $/cache",
        "2|storage-bench run --fixture $/empty --forks 0 --cache-dir $/cache",
        "4|storage-bench run --fixture $/torn --forks 0 --cache-dir $/cache",
        "2|storage-bench run --fixture $/good --bench G11",
        "2|storage-bench run --fixture $/good --engine rocksdb?blok_size=1",
        "2|storage-bench quickstart --cache-dir $/bad.json",
      })
  void everyCommandKeepsToTheTable(int code, String line) {
    Tools.Run run = Tools.run(line.replace("$", folder.toString()).split(" "));
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(CLASS.matcher(run.err().replace(folder.toString(), "")).find())
        .as(run.err())
        .isFalse();
    assertThat(run.out() + run.err()).doesNotContain("\u001b");
    assertThat(run.err().lines()).allSatisfy(said -> assertThat(said).hasSizeLessThan(1_200));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "storage-bench rnu|run",
        "storage-bench run --fxture x|--fixture",
        "storage-bench run --fixture $/good --bench Chekc|Check",
        "storage-bench run --fixture $/good --engine rockdb|rocksdb",
        "storage-bench run --fixture $/good --engine rocksdb?blok_size=1|block_size",
        "storage-bench run --fixture $/good --format jsn|json",
        "storage-bench show $/bad.json --format cvs|csv",
        "storage-bench list engine|engines",
        "storage-bench gate --self-test --metric p50-nanos,p99-nano|p99-nanos",
        "fixture-gen inspct|inspect",
        "fixture-gen create --out $/x --engine sqllite|sqlite",
        "fixture-gen create --out $/x --shape unifrom|uniform",
        "equiv rplay|replay",
        "equiv run --engine lmbd|lmdb",
        "equiv run --treis 1|--tries",
        "equiv run --set durability=BLUK|BULK",
        "equiv run --set rocksdb.blok_size=1|block_size",
        "equiv mutants ids-run-togethr|ids-run-together",
        "equiv card --not-claimed PERSISTANT|PERSISTENT",
      })
  void whatWasMeantIsSuggested(String line, String meant) {
    Tools.Run run = Tools.run(line.replace("$", folder.toString()).split(" "));
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("did you mean " + meant);
  }

  static Stream<CommandSpec> commands() {
    return Tools.commands();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noOptionsBadValueIsToldInALibrarysWords(CommandSpec command) {
    for (OptionSpec option : command.options()) {
      for (String bad : List.of("", "\u001b]0;owned\u0007", "-1", "999999999999999999999", "x=y")) {
        if (option.arity().max() > 0 && !option.longestName().equals("--scratch")) {
          String name = command.qualifiedName() + " " + option.longestName();
          Tools.Run run =
              Tools.run((name.replace(' ', '\n') + "\n" + bad + "\n--nope").split("\n"));
          assertThat(run.code()).as(name).isEqualTo(2);
          assertThat(run.err()).doesNotContain("\u001b", "\u0007");
          assertThat(CLASS.matcher(run.err()).find()).as(run.err()).isFalse();
        }
      }
    }
  }

  private static String idsThatLmdbDoesNotTake() {
    return String.format(
        Locale.ROOT, "id,entitlementId,principalResourceId\n%s,e,p\n", "x".repeat(600));
  }
}
