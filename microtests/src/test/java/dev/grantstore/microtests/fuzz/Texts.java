package dev.grantstore.microtests.fuzz;

import dev.grantstore.NotUtf8Exception;
import dev.grantstore.Utf8;
import dev.grantstore.bench.compare.Comparison;
import dev.grantstore.bench.compare.Limits;
import dev.grantstore.bench.compare.Terms;
import dev.grantstore.bench.experiment.EngineSpec;
import dev.grantstore.bench.report.Report;
import dev.grantstore.bench.report.Style;
import dev.grantstore.bench.result.ResultFormatException;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.equivalence.concurrent.ConcurrentReplay;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.replay.ReplaySyntaxException;
import dev.grantstore.fixture.source.FieldMapping;
import dev.grantstore.fixture.spec.Quantity;
import dev.grantstore.tool.Durations;
import java.util.List;
import java.util.function.Consumer;

/** Texts that people write, or change. */
final class Texts {
  private Texts() {}

  /** Replay files of one thread. */
  static final class Replays implements Parser {
    @Override
    public boolean takes(byte[] input) {
      try {
        ReplayFile file = ReplayFile.parse(Utf8.decode(input));
        Refusal.loseNothing(file, input);
        Refusal.same(file, ReplayFile.parse(file.text()));
        return true;
      } catch (NotUtf8Exception | ReplaySyntaxException e) {
        return Refusal.inWords(e, input);
      }
    }
  }

  /** Replay files of several threads. */
  static final class ConcurrentReplays implements Parser {
    @Override
    public boolean takes(byte[] input) {
      try {
        ConcurrentReplay file = ConcurrentReplay.parse(Utf8.decode(input));
        Refusal.loseNothing(file, input);
        Refusal.same(file, ConcurrentReplay.parse(file.text()));
        return true;
      } catch (NotUtf8Exception | ReplaySyntaxException e) {
        return Refusal.inWords(e, input);
      }
    }
  }

  /** Results. */
  static final class Results implements Parser {
    @Override
    public boolean takes(byte[] input) {
      RunResult result;
      try {
        result = ResultJson.decode(Utf8.decode(input));
      } catch (NotUtf8Exception | ResultFormatException e) {
        return Refusal.inWords(e, input);
      }
      Refusal.loseNothing(result, input);
      try {
        Refusal.same(result, ResultJson.decode(ResultJson.encode(result)));
      } catch (ResultFormatException e) {
        throw new AssertionError("does not come back", e);
      }
      for (Report report : Report.values()) {
        String shown = report.render(result, Style.PLAIN);
        if (shown.indexOf('\u001b') >= 0) {
          throw new AssertionError(report + " lets an escape through");
        }
      }
      Comparison.of(result, result, Terms.USUAL);
      return true;
    }
  }

  /** Values of options. */
  static final class Options implements Parser {
    private static final List<Consumer<String>> PARSERS =
        List.of(
            Durations::parse,
            Quantity::parseCount,
            Quantity::parseBytes,
            text -> EngineSpec.parse(List.of(text)),
            text -> Limits.parse(List.of(text)),
            text ->
                Refusal.same(
                    FieldMapping.parse(text), FieldMapping.parse(FieldMapping.parse(text).text())));

    @Override
    public boolean takes(byte[] input) {
      String text;
      try {
        text = Utf8.decode(input);
      } catch (NotUtf8Exception e) {
        return Refusal.inWords(e, input);
      }
      boolean isTaken = false;
      for (Consumer<String> parser : PARSERS) {
        try {
          parser.accept(text);
          isTaken = true;
        } catch (IllegalArgumentException e) {
          Refusal.inWords(e, input);
        }
      }
      return isTaken;
    }
  }
}
