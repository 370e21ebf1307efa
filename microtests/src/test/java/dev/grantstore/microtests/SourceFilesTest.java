package dev.grantstore.microtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules on the text of our source files, in all modules. */
final class SourceFilesTest {

  private static final int MAX_LINES = 500;

  @Test
  void noJavaFileIsTooLong() throws IOException {
    List<String> tooLong =
        javaFiles().stream()
            .filter(file -> lineCount(file) > MAX_LINES)
            .map(file -> file + ": " + lineCount(file) + " lines")
            .toList();

    assertThat(tooLong).as("Java files of over %d lines", MAX_LINES).isEmpty();
  }

  @Test
  void everyMainPackageSaysItsJobAndIsNullMarked() throws IOException {
    List<Path> unmarked =
        javaFiles().stream()
            .filter(file -> file.toString().contains("/src/main/java/"))
            .map(file -> file.resolveSibling("package-info.java"))
            .distinct()
            .filter(info -> !isNullMarked(info))
            .toList();

    assertThat(unmarked).as("package-info.java files missing or without @NullMarked").isEmpty();
  }

  /** What a format makes of it depends on the machine; help texts of a command line may have it. */
  @Test
  void noTextOfOursEndsItsLinesAsTheMachineDoes() throws IOException {
    List<String> found =
        javaFiles().stream()
            .filter(file -> file.toString().contains("/src/main/java/"))
            .flatMap(SourceFilesTest::linesWithMachineLineEnds)
            .toList();

    assertThat(found).as("lines that format a line end of the machine's").isEmpty();
  }

  /** The BOM has no parent to take them from. */
  @Test
  void theBomNamesTheVersionsThatWeBuildWith() throws IOException {
    String parent = Files.readString(repositoryRoot().resolve("pom.xml"));
    String bom = Files.readString(repositoryRoot().resolve("engine/bom/pom.xml"));

    assertThat(versionIn(bom, "grantstore-bom")).isEqualTo(versionIn(parent, "grantstore-parent"));
    for (String part :
        List.of(
            "rocksdbjni",
            "lmdbjava",
            "sqlite-jdbc",
            "h2-mvstore",
            "kudu-client",
            "async",
            "maven-clean-plugin",
            "maven-deploy-plugin",
            "maven-install-plugin",
            "maven-site-plugin",
            "spotless-maven-plugin")) {
      String property = versionIn(parent, part).replaceAll("[${}]", "");
      assertThat(parent)
          .as(part)
          .contains("<" + property + ">" + versionIn(bom, part) + "</" + property + ">");
    }
  }

  private static String versionIn(String pom, String artifact) {
    Matcher found =
        Pattern.compile("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<")
            .matcher(pom);
    assertThat(found.find()).as(artifact).isTrue();
    return found.group(1);
  }

  private static Stream<String> linesWithMachineLineEnds(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.contains("%" + "n") && !line.contains("Heading"))
          .map(line -> file + ": " + line.strip())
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of all modules, tests too. */
  static List<Path> javaFiles() throws IOException {
    Path root = repositoryRoot();
    try (Stream<Path> modules = Files.list(root)) {
      List<Path> sources =
          modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList();
      assertThat(sources).as("source folders below %s", root).isNotEmpty();
      return sources.stream().flatMap(SourceFilesTest::javaFilesBelow).sorted().toList();
    }
  }

  private static Stream<Path> javaFilesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Surefire says where the module is; an IDE starts tests in the module or in the root. */
  static Path repositoryRoot() {
    Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return Stream.iterate(start, folder -> folder != null, Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no .mvn folder above: start=" + start));
  }

  private static long lineCount(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNullMarked(Path packageInfo) {
    try {
      return Files.exists(packageInfo) && Files.readString(packageInfo).contains("@NullMarked");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
