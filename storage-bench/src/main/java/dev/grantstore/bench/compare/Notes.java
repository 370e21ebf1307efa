package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.EngineResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** What a reader of a comparison should know besides its figures. */
final class Notes {
  private final RunResult first;
  private final RunResult second;
  private final List<String> notes = new ArrayList<>();

  /** Two runs, or the same one twice. */
  Notes(RunResult first, RunResult second) {
    this.first = first;
    this.second = second;
  }

  List<String> of(List<CellPair> pairs, Terms terms) {
    boolean separate = !first.equals(second);
    if (separate) {
      notes.add(
          "the runs were not interleaved: what else the machine did in each is in the difference");
      differs("storage-bench", first.toolVersion(), second.toolVersion());
      for (EngineResult engine : first.engines()) {
        second.engines().stream()
            .filter(other -> other.name().equals(engine.name()))
            .forEach(other -> engine(engine, other));
      }
      missing(pairs);
      state("first run", first);
      state("second run", second);
    } else {
      state("run", first);
    }
    boolean floor =
        Stream.of(first, second)
            .flatMap(run -> run.engines().stream())
            .anyMatch(engine -> NoiseFloor.isAgain(engine.name()));
    if (!floor && separate) {
      notes.add("noise floor not measured; naming an engine twice in 'run --engine' measures it");
    }
    for (CellPair pair : pairs) {
      for (Outcome outcome : pair.first().middle().outcomes()) {
        if (terms.limits().of(pair.first(), outcome.name()).isEmpty()) {
          notes.add(
              "no limit, so left out: " + Change.name(pair.first().question(), outcome.name()));
        }
      }
    }
    return notes;
  }

  private void engine(EngineResult one, EngineResult other) {
    differs(one.name() + " version", one.facts().version(), other.facts().version());
    differs(one.name() + " options", one.facts().options(), other.facts().options());
    differs(
        one.name() + " effective options",
        one.facts().effectiveOptions(),
        other.facts().effectiveOptions());
  }

  private void differs(String what, Object one, Object other) {
    if (!Objects.equals(one, other)) {
      notes.add(String.format(Locale.ROOT, "%s: %s, then %s", what, one, other));
    }
  }

  private void missing(List<CellPair> pairs) {
    for (CellSeries cell : first.cells()) {
      if (!NoiseFloor.isAgain(cell.engine())
          && pairs.stream().noneMatch(pair -> pair.first().equals(cell))) {
        notes.add(
            String.format(
                Locale.ROOT, "only in the first run: %s %s", cell.engine(), cell.question()));
      }
    }
    for (CellSeries cell : second.cells()) {
      if (!NoiseFloor.isAgain(cell.engine())
          && pairs.stream().noneMatch(pair -> pair.second().equals(cell))) {
        notes.add(
            String.format(
                Locale.ROOT, "only in the second run: %s %s", cell.engine(), cell.question()));
      }
    }
  }

  private void state(String which, RunResult run) {
    if (run.interrupted()) {
      notes.add(which + " was interrupted");
    }
    for (CellFailure failure : run.failures()) {
      String what = (failure.engine() + " " + failure.question()).strip();
      notes.add(
          String.format(Locale.ROOT, "%s, not measured: %s: %s", which, what, failure.reason()));
    }
  }
}
