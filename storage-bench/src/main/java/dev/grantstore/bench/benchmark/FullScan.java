package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellSettings;
import java.util.List;

/** G5: everything, once through. */
final class FullScan implements ReadBenchmark {
  private final LookedAt looked;

  FullScan(LookedAt looked) {
    this.looked = looked;
  }

  @Override
  public String name() {
    return looked.name("G5");
  }

  @Override
  public String title() {
    return looked.title("full-sync scan");
  }

  @Override
  public String description() {
    return looked.description(
        "every grant of the sync, through one cursor; an operation is one whole scan");
  }

  @Override
  public boolean asksByKey() {
    return false;
  }

  @Override
  public LookedAt lookedAt() {
    return looked;
  }

  @Override
  public boolean countsRows() {
    return true;
  }

  @Override
  public Questions questions(Subject subject, CellSettings settings, Halt halt) {
    return new ListQuestions(
        name(), looked, subject.store(), List.of(SyncCheck.scan(subject)), KeyCount.NONE, halt);
  }
}
