package dev.grantstore.bench.export;

import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/**
 * An HdrHistogram log: one histogram of times in nanoseconds for each fork, outcome and kind of
 * time, in the order the forks ran. Times in the log count from the start of the run; its column of
 * maxima is in milliseconds.
 *
 * <p>The tag of a histogram is {@code engine=E/question=Q/outcome=O/time=T}, where T is {@code
 * service} or {@code response}; forks of one cell have the same tag. What a tag cannot hold is an
 * underscore.
 */
public final class HistogramLogForm {
  private HistogramLogForm() {}

  private record Entry(String engine, String question, Fork fork) {}

  /**
   * {@return the result as a log}
   *
   * @param result any
   * @throws IllegalArgumentException if a histogram in it does not decode
   */
  public static String render(RunResult result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    HistogramLogWriter writer = new HistogramLogWriter(out);
    writer.outputComment(
        String.format(
            Locale.ROOT,
            "[storage-bench %s, times in nanoseconds]",
            Plain.name(result.toolVersion())));
    writer.outputLogFormatVersion();
    long startMillis = result.startedAt().toEpochMilli();
    // The writer's own line has the time in the zone of whoever runs it.
    writer.outputComment(
        String.format(
            Locale.ROOT,
            "[StartTime: %.3f (seconds since epoch), %s]",
            startMillis / 1000.0,
            result.startedAt()));
    writer.setBaseTime(startMillis);
    writer.outputBaseTime(startMillis);
    writer.outputLegend();
    for (Entry entry : inOrder(result)) {
      boolean ofLimits = entry.fork.cell().isOfLimits();
      for (Outcome outcome : entry.fork.cell().outcomes()) {
        if (ofLimits && outcome.name().equals("all")) {
          // A way down limits of memory has no time to speak of.
          continue;
        }
        write(entry, outcome.name(), "service", outcome.latency(), writer);
        write(entry, outcome.name(), "response", outcome.response(), writer);
      }
    }
    out.flush();
    // The writer ends its legend as the machine ends lines.
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static List<Entry> inOrder(RunResult result) {
    List<Entry> entries = new ArrayList<>();
    for (CellSeries series : result.cells()) {
      series
          .forks()
          .forEach(fork -> entries.add(new Entry(series.engine(), series.question(), fork)));
    }
    entries.sort(Comparator.comparing(entry -> entry.fork.startedAt()));
    return entries;
  }

  private static void write(
      Entry entry,
      String outcome,
      String time,
      @Nullable Latency latency,
      HistogramLogWriter writer) {
    if (latency == null) {
      return;
    }
    Histogram histogram = latency.times();
    long startMillis = entry.fork.startedAt().toEpochMilli();
    long lengthMillis = entry.fork.cell().settings().duration().toMillis();
    histogram.setStartTimeStamp(startMillis);
    histogram.setEndTimeStamp(startMillis + lengthMillis);
    histogram.setTag(
        String.format(
            Locale.ROOT,
            "engine=%s/question=%s/outcome=%s/time=%s",
            Plain.name(entry.engine),
            Plain.name(entry.question),
            Plain.name(outcome),
            time));
    writer.outputIntervalHistogram(histogram);
  }
}
