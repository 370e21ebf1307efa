package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Style.Tone;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellResult.Resources;
import dev.grantstore.bench.result.RunResult;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What operations used besides time. */
final class ResourceTable {
  private static final int HARNESS_COLUMN = 9;
  private static final double MEBIBYTE = 1 << 20;

  private ResourceTable() {}

  static String render(RunResult result, Style style) {
    QuestionTable table =
        new QuestionTable(
            result,
            List.of(
                "alloc B/op",
                "CPU µs/op",
                "process CPU µs/op",
                "GCs",
                "GC ms",
                "RSS MiB",
                "read MiB",
                "written MiB",
                "others' cores",
                "harness %"));
    for (Question question : Question.ofCells(result)) {
      table.question(question);
      for (Answer answer : question.answers()) {
        boolean much = Verdicts.harnessPercent(answer) > HarnessCost.LIMIT_PERCENT;
        table.add(
            question,
            answer,
            row(answer),
            Map.of(HARNESS_COLUMN, much ? Tone.DOUBTFUL : Tone.NEUTRAL));
      }
    }
    return table.render(style);
  }

  private static List<String> row(Answer answer) {
    boolean interrupted = answer.cells().stream().allMatch(CellResult::interrupted);
    return List.of(
        Numbers.short3(used(answer, Resources::allocatedBytesPerOp)),
        Scale.MICROS.text(used(answer, Resources::threadCpuNanosPerOp)),
        Scale.MICROS.text(used(answer, Resources::processCpuNanosPerOp)),
        Numbers.whole(used(answer, Resources::gcCount)),
        Numbers.whole(used(answer, Resources::gcMillis)),
        Numbers.short3(used(answer, Resources::peakRssBytes) / MEBIBYTE),
        mebibytes(used(answer, Resources::diskReadBytes)),
        mebibytes(used(answer, Resources::diskWriteBytes)),
        knownOneDecimal(used(answer, Resources::otherCpuCores)),
        interrupted ? Numbers.NOTHING : Numbers.oneDecimal(Verdicts.harnessPercent(answer)));
  }

  private static double used(Answer answer, ToDoubleFunction<Resources> figure) {
    return answer.middleOfCells(cell -> figure.applyAsDouble(cell.resources()));
  }

  private static String mebibytes(double bytes) {
    return knownOneDecimal(bytes < 0 ? bytes : bytes / MEBIBYTE);
  }

  private static String knownOneDecimal(double value) {
    return value < 0 ? Numbers.NOTHING : Numbers.oneDecimal(value);
  }
}
