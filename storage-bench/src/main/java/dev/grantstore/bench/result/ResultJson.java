package dev.grantstore.bench.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grantstore.Excerpt;
import dev.grantstore.NotUtf8Exception;
import dev.grantstore.Utf8;
import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.folder.WholeFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a {@link RunResult}, and of the records that forks are asked with and answer
 * with: field names are the record's, times are ISO 8601.
 */
public final class ResultJson {
  private static final String VERDICTS = "verdicts";
  private static final String NOT_OURS = "not a result of storage-bench: ";

  private ResultJson() {}

  /**
   * {@return the result as JSON text, ended by a line feed}
   *
   * @param result written
   */
  public static String encode(RunResult result) {
    return text(result);
  }

  /**
   * {@return the result as JSON text with what follows from it, ended by a line feed}
   *
   * @param result written
   * @param verdicts stand last in it; {@link #decode} passes over them
   */
  public static String encode(RunResult result, List<? extends Record> verdicts) {
    ObjectNode tree = RecordJson.MAPPER.valueToTree(result);
    tree.set(VERDICTS, RecordJson.MAPPER.valueToTree(verdicts));
    return text(tree);
  }

  private static String text(Object value) {
    try {
      return RecordJson.MAPPER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("value has no JSON form", e);
    }
  }

  /**
   * {@return the result that was encoded, of this version or an older one that is still read}
   *
   * @param json the text
   * @throws ResultFormatException if it is not the JSON form of a result, of another version of the
   *     model, or damaged; the message says which, and names the field
   */
  public static RunResult decode(String json) throws ResultFormatException {
    JsonNode tree;
    try {
      tree = RecordJson.tree(json);
    } catch (ResultFormatException e) {
      throw new ResultFormatException(NOT_OURS + e.getMessage(), e);
    }
    if (!(tree instanceof ObjectNode result) || !tree.path("cells").isArray()) {
      throw new ResultFormatException(NOT_OURS + "field cells: must be a list");
    }
    JsonNode version = tree.path("formatVersion");
    if (!version.isIntegralNumber()) {
      throw new ResultFormatException(NOT_OURS + "field formatVersion: must be a whole number");
    }
    checkVersion(version.bigIntegerValue());
    result.remove(VERDICTS);
    OldResults.upgrade(result);
    RunResult whole = RecordJson.value(result, RunResult.class);
    checkEngines(whole);
    checkHistograms(whole);
    return whole;
  }

  private static void checkVersion(BigInteger version) throws ResultFormatException {
    String versions =
        String.format(
            Locale.ROOT,
            "it has format version %s, this program reads %d to %d",
            version,
            RunResult.OLDEST_VERSION,
            RunResult.FORMAT_VERSION);
    if (version.compareTo(BigInteger.valueOf(RunResult.FORMAT_VERSION)) > 0) {
      throw new ResultFormatException(
          String.format(
              Locale.ROOT,
              "result is too new: %s; use the storage-bench that wrote it, or a newer one",
              versions));
    }
    if (version.compareTo(BigInteger.valueOf(RunResult.OLDEST_VERSION)) < 0) {
      throw new ResultFormatException(
          String.format(
              Locale.ROOT, "result is too old: %s; use the storage-bench that wrote it", versions));
    }
  }

  private static void checkEngines(RunResult result) throws ResultFormatException {
    Set<String> names = new HashSet<>();
    result.engines().forEach(engine -> names.add(engine.name()));
    for (int i = 0; i < result.cells().size(); i++) {
      String engine = result.cells().get(i).engine();
      if (!names.contains(engine)) {
        throw new ResultFormatException(
            String.format(
                Locale.ROOT,
                "field cells[%d].engine: is none of engines by name: %s",
                i,
                Excerpt.of(engine)));
      }
    }
  }

  private static void checkHistograms(RunResult result) throws ResultFormatException {
    for (int i = 0; i < result.cells().size(); i++) {
      List<Fork> forks = result.cells().get(i).forks();
      for (int j = 0; j < forks.size(); j++) {
        List<Outcome> outcomes = forks.get(j).cell().outcomes();
        for (int k = 0; k < outcomes.size(); k++) {
          String place =
              String.format(Locale.ROOT, "cells[%d].forks[%d].cell.outcomes[%d]", i, j, k);
          checkHistogram(place + ".latency", outcomes.get(k).latency());
          checkHistogram(place + ".response", outcomes.get(k).response());
        }
      }
    }
  }

  private static void checkHistogram(String place, @Nullable Latency latency)
      throws ResultFormatException {
    if (latency != null) {
      try {
        latency.times();
      } catch (IllegalArgumentException e) {
        throw new ResultFormatException(
            String.format(Locale.ROOT, "field %s.%s", place, e.getMessage()), e);
      }
    }
  }

  /**
   * {@return the result in a file}
   *
   * @param file read
   * @throws ResultFormatException as {@link #decode}; the message names the file
   * @throws IOException if it cannot be read
   */
  public static RunResult read(Path file) throws IOException {
    try {
      return decode(Utf8.read(file));
    } catch (NotUtf8Exception e) {
      throw new ResultFormatException(
          String.format(Locale.ROOT, "%s: %s%s", file, NOT_OURS, e.getMessage()), e);
    } catch (ResultFormatException e) {
      throw new ResultFormatException(
          String.format(Locale.ROOT, "%s: %s", file, e.getMessage()), e);
    }
  }

  /**
   * {@return the record that {@link #save} wrote}
   *
   * @param file read
   * @param type the record's
   * @param <T> the record's
   * @throws ResultFormatException if it holds something else; the message names file and field
   * @throws IOException if it cannot be read
   */
  public static <T extends Record> T read(Path file, Class<T> type) throws IOException {
    try {
      return RecordJson.value(RecordJson.tree(RecordJson.text(file)), type);
    } catch (ResultFormatException e) {
      throw new ResultFormatException(
          String.format(Locale.ROOT, "%s: %s", file, e.getMessage()), e);
    }
  }

  /**
   * Writes a record to a file, as {@link WholeFile} does.
   *
   * @param value written
   * @param file replaced if it is there
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void save(Record value, Path file) throws IOException {
    WholeFile.write(file, text(value));
  }
}
