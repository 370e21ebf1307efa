package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellSettings;
import java.util.List;

/** G5: everything, once through. */
final class FullScan implements ReadBenchmark {
  @Override
  public String name() {
    return "G5";
  }

  @Override
  public String title() {
    return "full-sync scan";
  }

  @Override
  public String description() {
    return "every grant of the sync, through one cursor; an operation is one whole scan";
  }

  @Override
  public boolean asksByKey() {
    return false;
  }

  @Override
  public boolean countsRows() {
    return true;
  }

  @Override
  public Questions questions(Subject subject, CellSettings settings, Halt halt) {
    return new ListQuestions(
        name(), subject.store(), List.of(SyncCheck.scan(subject)), KeyCount.NONE, halt);
  }
}
