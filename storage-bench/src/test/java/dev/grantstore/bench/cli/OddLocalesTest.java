package dev.grantstore.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stores, fixtures, digests, exports and results made under locales with digits and casing of their
 * own, zones with odd offsets, other charsets and line ends are byte for byte those of a plain JVM,
 * and open there and here, with every engine.
 */
@Tag("deep")
final class OddLocalesTest {
  private static final String DIGIT_AND_LETTER_OF_OURS = "55 32 105 1";

  /** Digits of their own; a charset that holds few letters; a zone with half an hour. */
  private static final List<String> ARABIC =
      List.of(
          "-Duser.language=ar",
          "-Duser.country=EG",
          "-Duser.timezone=Asia/Kolkata",
          "-Dfile.encoding=ISO-8859-1");

  /** An i without a dot; lines that end otherwise. */
  private static final List<String> TURKISH =
      List.of(
          "-Duser.language=tr",
          "-Duser.country=TR",
          "-Duser.timezone=Asia/Kathmandu",
          "-Dline.separator=\r\n");

  /** Digits, and a calendar, of their own. */
  private static final List<String> THAI =
      List.of(
          "-Duser.language=th",
          "-Duser.country=TH",
          "-Duser.variant=TH",
          "-Duser.timezone=America/St_Johns");

  @TempDir private Path folder;

  @Test
  void everythingMadeIsTheSameInEveryLocaleAndOpensInEveryOther() throws Exception {
    Path plain = folder.resolve("plain");
    assertThat(made(plain, List.of("-Duser.language=en", "-Duser.country=US")))
        .isEqualTo(DIGIT_AND_LETTER_OF_OURS);
    Path arabic = folder.resolve("arabic");
    assertThat(made(arabic, ARABIC, plain.toString())).startsWith("1639 ");
    Path turkish = folder.resolve("turkish");
    assertThat(made(turkish, TURKISH, arabic.toString())).endsWith("305 2");
    Path thai = folder.resolve("thai");
    assertThat(made(thai, THAI, turkish.toString())).startsWith("3671 ");

    Map<String, String> right = contents(plain);
    assertThat(right).hasSizeGreaterThan(28);
    for (Path odd : List.of(arabic, turkish, thai)) {
      Map<String, String> found = contents(odd);
      assertThat(found).containsOnlyKeys(right.keySet());
      right.forEach(
          (name, text) -> assertThat(found.get(name)).as(odd + "/" + name).isEqualTo(text));
    }
  }

  /** {@return what the child's JVM makes of a digit, a letter and a line end} */
  private String made(Path into, List<String> settings, String... others) throws Exception {
    Files.createDirectory(into);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(settings);
    command.add(OddLocaleChild.class.getName());
    command.add(into.toString());
    command.addAll(List.of(others));
    Path out = folder.resolve(into.getFileName() + ".out");
    Path err = folder.resolve(into.getFileName() + ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor()).as("child: %s", text(err)).isZero();
    return text(out);
  }

  /**
   * {@return every text that was made, by name, without what no two runs have in common: ids, times
   * and the sizes of the engine's own files}
   */
  private static Map<String, String> contents(Path made) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(made)) {
      for (Path path : paths.filter(OddLocalesTest::isOurs).toList()) {
        String text =
            text(path)
                .replaceAll("(?s)^(GSDIGEST.).{16}(.*).{4}$", "$1UUID$2SUM")
                .replaceAll("\"createdAt\" : \"[-0-9T:.]+Z\"", "\"createdAt\" : WHEN")
                .replaceAll("\"(fileBytes|files|allocatedBytes)\" : [0-9]+", "\"$1\" : N")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
                .replaceAll("(?m)^crc32c [0-9a-fA-F]+$", "crc32c SUM")
                .replaceAll("(?m)^base [0-9a-f ]+$", "base STAMPS")
                .replaceAll("(?m)^(manifest MANIFEST-[0-9]+) [0-9]+$", "$1 N");
        contents.put(made.relativize(path).toString(), text);
      }
    }
    return contents;
  }

  private static boolean isOurs(Path path) {
    String name = path.getFileName().toString();
    return Files.isRegularFile(path)
        && !path.resolveSibling("x").endsWith("db/x")
        && !name.equals("LOCK")
        && !name.startsWith("grants.");
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
