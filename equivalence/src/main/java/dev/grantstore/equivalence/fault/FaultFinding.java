package dev.grantstore.equivalence.fault;

import dev.grantstore.OpenMode;
import dev.grantstore.Utf8;
import dev.grantstore.equivalence.run.CrashImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A case that was kept: a folder with the store as it was before it was opened, and a text.
 *
 * <pre>
 * store/            the store's files; of a container, the file itself
 * finding.txt
 *   #! equiv-fault 1
 *   # FLIP at byte 8123 of grants.db, ...       what was done
 *   # SILENT ...                                what came of it
 *   engine sqlite
 *   mode READ_ONLY
 *   script 4711                                 the seed of what was written
 *   steps 41 43                                 the fewest and the most that may be there
 *   refusals allowed
 *   writes no
 *   end
 * </pre>
 */
final class FaultFinding {
  private static final String FIRST_LINE = "#! equiv-fault 1";
  private static final String LAST_LINE = "end";
  private static final String TEXT = "finding.txt";
  private static final String STORE = "store";

  private FaultFinding() {}

  /**
   * Keeps a case.
   *
   * @param folder made; what was there of that name is replaced
   * @param trial of a folder that still is as it was before it was opened
   * @param done what was done to it
   * @param verdict what came of it
   */
  static void write(Path folder, Trial trial, String done, Verdict verdict) throws IOException {
    CrashImage.delete(folder);
    Files.createDirectories(folder);
    CrashImage.take(trial.store(), folder.resolve(STORE));
    List<String> lines =
        List.of(
            FIRST_LINE,
            "# " + done,
            "# " + verdict.kind() + " " + verdict.detail(),
            "engine " + trial.scheme(),
            "mode " + trial.mode(),
            "script " + trial.seed(),
            "steps " + trial.leastSteps() + " " + trial.mostSteps(),
            "refusals " + (trial.mayRefuse() ? "allowed" : "forbidden"),
            "writes " + (trial.writes() ? "yes" : "no"),
            LAST_LINE);
    Files.writeString(folder.resolve(TEXT), String.join("\n", lines) + "\n");
  }

  /**
   * {@return the trial of a kept case}
   *
   * @param folder where it is kept; the trial's store is in it, and is not to be opened
   * @throws IllegalArgumentException if it is not such a folder, or was cut
   */
  static Trial read(Path folder) throws IOException {
    Path file = folder.resolve(TEXT);
    if (!Files.isRegularFile(file) || !Files.exists(folder.resolve(STORE))) {
      throw new IllegalArgumentException("no finding of equiv faults: " + folder);
    }
    String text = Utf8.read(file);
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(FIRST_LINE)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "first line is not \"%s\": %s", FIRST_LINE, file));
    }
    if (!text.endsWith("\n") || !lines.get(lines.size() - 1).equals(LAST_LINE)) {
      throw new IllegalArgumentException("file was cut, it has no last line \"end\": " + file);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size() - 1)) {
      int space = line.indexOf(' ');
      if (!line.startsWith("#") && space > 0) {
        values.put(line.substring(0, space), line.substring(space + 1));
      }
    }
    try {
      String[] steps = values.getOrDefault("steps", "").split(" ", 2);
      return new Trial(
          values.getOrDefault("engine", ""),
          folder.resolve(STORE),
          OpenMode.valueOf(values.getOrDefault("mode", "")),
          Long.parseLong(values.getOrDefault("script", "")),
          Integer.parseInt(steps[0]),
          Integer.parseInt(steps[steps.length - 1]),
          values.getOrDefault("refusals", "").equals("allowed"),
          values.getOrDefault("writes", "").equals("yes"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("line is missing or makes no sense: " + file, e);
    }
  }
}
