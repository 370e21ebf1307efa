package dev.grantstore.microtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of faults and cases tells the truth: what it calls a test is one. */
final class FaultsAndCasesTest {
  private static final String TABLE = "rfc/results/2026-12-01-faults-and-cases.md";
  private static final int FAULTS = 18;
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| [^|]+ \\| (`.+) \\|$");
  private static final Pattern TEST = Pattern.compile("@(?:Test|ParameterizedTest)\\b");
  private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");

  private final Path root = SourceFilesTest.repositoryRoot();

  @Test
  void eachFaultHasARowOfTests() throws IOException {
    assertThat(rows())
        .extracting(row -> row.get(0))
        .filteredOn(name -> name.matches("F[0-9]+"))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, FAULTS).mapToObj(number -> "F" + number).toList());
  }

  @Test
  void eachNameInItIsATestThatIsThere() throws IOException {
    List<String> missing = new ArrayList<>();
    for (List<String> row : rows()) {
      Matcher names = NAME.matcher(row.get(1));
      assertThat(names.find()).as(row.get(0)).isTrue();
      do {
        if (!isTest(names.group(1), names.group(2))) {
          missing.add(row.get(0) + ": " + names.group());
        }
      } while (names.find());
    }

    assertThat(missing).as("no such test").isEmpty();
  }

  private List<List<String>> rows() throws IOException {
    Matcher rows = ROW.matcher(Files.readString(root.resolve(TABLE)));
    return rows.results().map(row -> List.of(row.group(1), row.group(2))).toList();
  }

  private boolean isTest(String file, String method) throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.map(each -> each.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(module) && hasTest(module, file + ".java", method)) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean hasTest(Path sources, String file, String method) throws IOException {
    try (Stream<Path> all = Files.walk(sources)) {
      for (Path path : all.filter(each -> each.endsWith(file)).toList()) {
        String text = Files.readString(path);
        int at = text.indexOf("  void " + method + "(");
        int above = text.lastIndexOf("\n  }\n", at);
        if (at >= 0 && TEST.matcher(text.substring(Math.max(above, 0), at)).find()) {
          return true;
        }
      }
      return false;
    }
  }
}
