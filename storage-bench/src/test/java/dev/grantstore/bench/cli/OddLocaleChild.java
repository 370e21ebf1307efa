package dev.grantstore.bench.cli;

import dev.grantstore.bench.testengine.WideResults;
import dev.grantstore.fixture.cli.FixtureGen;
import dev.grantstore.tool.Interruption;
import dev.grantstore.tool.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes one of everything in a folder, in whatever locale its JVM has; then reads the fixtures of
 * another such folder, if one is named. Ends with 1 if a command fails.
 */
final class OddLocaleChild {
  private static final List<String> ENGINES = List.of("rocksdb", "sqlite", "lmdb", "mvstore");

  private OddLocaleChild() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (String engine : ENGINES) {
      Path fixture = folder.resolve(engine);
      List<String> create =
          new ArrayList<>(List.of("create", "--engine", engine, "--out", fixture.toString()));
      create.addAll(List.of("--grants", "1200", "--needs-expansion", "0.1"));
      create.addAll(List.of("--sources", "2", "--annotation-bytes", "40"));
      output(create);
      save(folder, engine + "-digest", output(List.of("digest", fixture.toString())));
      save(folder, engine + "-export", output(List.of("export", fixture.toString())));
      if (arguments.length > 1) {
        output(List.of("digest", Path.of(arguments[1]).resolve(engine).toString()));
      }
    }
    for (OutputFormat format : OutputFormat.values()) {
      save(folder, "result-" + format, format.report().render(WideResults.aWideResult()));
    }
    // Shows that the JVM really has the locale: escaped, since its charset may be anything.
    String odd =
        String.format(Locale.getDefault(), "%d ", 7) + "I".toLowerCase(Locale.getDefault());
    odd.chars().forEach(c -> System.out.print(c + " "));
    System.out.print(System.getProperty("line.separator").length());
    System.out.flush();
  }

  private static String output(List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Session session =
        Session.of(arguments, Map.of(), out, err, Interruption.never(), Clock.systemUTC());
    int code = FixtureGen.tool(session).execute();
    if (code != 0) {
      throw new AssertionError(
          arguments + " ended with " + code + ": " + err.toString(StandardCharsets.UTF_8));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void save(Path folder, String name, String text) throws IOException {
    Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
