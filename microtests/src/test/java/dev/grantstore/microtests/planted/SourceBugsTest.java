package dev.grantstore.microtests.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.folder.FolderTree;
import dev.grantstore.tool.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each bug of the catalogue, planted as one changed class before the others, makes its check fail.
 *
 * <p>A build plants some that take short, others with each commit. {@code -Dtests.planted=all}
 * plants all, or those of the names and kinds that it lists; it first shows that the checks pass
 * where nothing is planted, and leaves a table in {@code target/planted.md}.
 */
final class SourceBugsTest {
  private static final List<SourceBug> ALL = SourceBug.all();
  private static final int LEAST = 40;
  private static final int OF_A_BUILD = 3;

  private static final List<String> TABLE =
      new ArrayList<>(List.of("| bug | kind | found by | seconds |", "| --- | --- | --- | ---: |"));

  @TempDir private Path temp;
  private int trials;

  @AfterAll
  static void keepTable() throws IOException {
    Path file = Files.createDirectories(Path.of("target")).resolve("planted.md");
    Files.writeString(file, String.join("\n", TABLE) + "\n");
  }

  @Test
  void everyBugHasItsOnePlaceInTheSources() throws IOException {
    assertThat(ALL).hasSizeGreaterThanOrEqualTo(LEAST);
    assertThat(ALL)
        .extracting(SourceBug::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)+"));
    for (SourceBug bug : ALL) {
      assertThat(bug.planted())
          .as(bug.name())
          .isNotEqualTo(Files.readString(SourceBug.ROOT.resolve(bug.file())));
    }
  }

  @Test
  void theReadmeTellsHowManyThereAreOfEachKind() throws IOException {
    Map<String, Long> kinds =
        ALL.stream()
            .collect(
                Collectors.groupingBy(SourceBug::kind, LinkedHashMap::new, Collectors.counting()));
    String numbers =
        kinds.entrySet().stream()
            .map(kind -> kind.getKey() + " " + kind.getValue())
            .collect(Collectors.joining(", "));
    String readme = Files.readString(SourceBug.ROOT.resolve("README.md")).replaceAll("\\s+", " ");

    assertThat(readme).contains(ALL.size() + " bugs in our own sources (" + numbers + ")");
  }

  @TestFactory
  Stream<DynamicTest> eachIsFound() throws IOException {
    String asked = System.getProperty("tests.planted", "");
    if (asked.isEmpty()) {
      return someOfThisBuild().map(bug -> DynamicTest.dynamicTest(bug.name(), () -> find(bug)));
    }
    Set<String> names = Set.of(asked.split(","));
    List<SourceBug> bugs =
        ALL.stream()
            .filter(
                b -> asked.equals("all") || names.contains(b.name()) || names.contains(b.kind()))
            .toList();
    assertThat(bugs).as("bugs or kinds of these names: %s", asked).isNotEmpty();
    return Stream.concat(
        soundChecks(bugs).stream()
            .map(check -> DynamicTest.dynamicTest("sound: " + check, () -> pass(check))),
        bugs.stream().map(bug -> DynamicTest.dynamicTest(bug.name(), () -> find(bug))));
  }

  @Test
  void whatIsNotFoundIsSaid() throws Exception {
    SourceBug unseen = ALL.get(0).checkedBy(List.of("engine", "DurationsTest"));

    assertThat(Trial.of(unseen, folder()).end()).isEqualTo(Trial.End.MISSED);
  }

  /** Those that a module's tests find, evenly over the catalogue. */
  private static Stream<SourceBug> someOfThisBuild() {
    List<SourceBug> shortOnes =
        ALL.stream().filter(bug -> !bug.check().get(0).equals(Trial.EQUIV)).toList();
    long build = Long.getLong("equiv.seed", Versions.tool().hashCode());
    return IntStream.range(0, OF_A_BUILD)
        .mapToLong(i -> build + (long) i * shortOnes.size() / OF_A_BUILD)
        .mapToObj(place -> shortOnes.get(Math.floorMod(place, shortOnes.size())));
  }

  /** Each command, and of each module all tests at once. */
  private static List<List<String>> soundChecks(List<SourceBug> bugs) {
    Set<List<String>> commands = new LinkedHashSet<>();
    Map<String, Set<String>> tests = new TreeMap<>();
    for (SourceBug bug : bugs) {
      String first = bug.check().get(0);
      if (first.equals(Trial.EQUIV)) {
        commands.add(bug.check());
      } else {
        tests
            .computeIfAbsent(first, module -> new LinkedHashSet<>(List.of(module)))
            .addAll(bug.check());
      }
    }
    List<List<String>> checks = new ArrayList<>(commands);
    tests.values().forEach(classes -> checks.add(List.copyOf(classes)));
    return checks;
  }

  private void pass(List<String> check) throws Exception {
    Path folder = folder();
    Trial trial = Trial.ofNothing(check, folder);
    tell("none", "", trial);
    assertThat(trial.end()).as(trial::toString).isIn(Trial.End.MISSED, Trial.End.NOT_TESTED);
    FolderTree.delete(folder);
  }

  private void find(SourceBug bug) throws Exception {
    Path folder = folder();
    Trial trial = Trial.of(bug, folder);
    tell(bug.name(), bug.kind(), trial);
    assertThat(trial.end())
        .as(() -> bug.check() + " " + trial)
        .isIn(Trial.End.FOUND, Trial.End.NOT_TESTED);
    FolderTree.delete(folder);
  }

  private static void tell(String bug, String kind, Trial trial) {
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %s | %s%s | %.1f |",
            bug,
            kind,
            trial.end() == Trial.End.FOUND ? "" : trial.end() + ": ",
            trial.says(),
            trial.took().toMillis() / 1e3);
    System.out.println(row);
    TABLE.add(row);
  }

  private Path folder() throws IOException {
    trials++;
    return Files.createDirectory(temp.resolve("trial-" + trials));
  }
}
