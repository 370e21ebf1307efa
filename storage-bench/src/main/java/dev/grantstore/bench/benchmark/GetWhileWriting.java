package dev.grantstore.bench.benchmark;

import dev.grantstore.GrantStore;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * G2+writes: G2 while somebody writes into the same store. The sync that is asked is loaded into a
 * scratch store first; the writer puts the same grants into another sync of that store, so many a
 * second, and what it managed is reported beside the readers' figures.
 */
final class GetWhileWriting implements Benchmark {
  private final RandomGet reads = RandomGet.ofValues();

  @Override
  public String name() {
    return "G2+writes";
  }

  @Override
  public String title() {
    return "get while writing";
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "G2 on a store into which one more thread puts %,d grants a second, %d at a time",
        PacedWriter.GRANTS_PER_SECOND,
        PacedWriter.BATCH_ROWS);
  }

  @Override
  public boolean countsRows() {
    return false;
  }

  @Override
  public boolean canBeCold() {
    return false;
  }

  @Override
  public Figures measure(Subject subject, CellSettings settings, Halt halt) {
    if (subject.isNull()) {
      return reads.measure(subject, settings, halt);
    }
    GrantStore store = subject.scratch().open();
    try {
      load(subject, store, halt);
      try (PacedWriter writer = PacedWriter.start(store, subject.grants())) {
        Figures figures = reads.measure(subject.through(store), settings, halt);
        return with(figures, writer.written(), subject.scratch().durability());
      }
    } finally {
      subject.scratch().discard();
    }
  }

  private static void load(Subject subject, GrantStore store, Halt halt) {
    ScratchSync.load(subject, store, halt);
    Cell.settle(store);
  }

  private static Figures with(Figures figures, PacedWriter.Written written, String durability) {
    SortedMap<String, Double> more = new TreeMap<>(figures.more());
    more.put("writer.dueGrantsPerSecond", (double) PacedWriter.GRANTS_PER_SECOND);
    more.put("writer.grantsPerSecond", written.grantsPerSecond());
    more.put("writer.mostLateMillis", written.mostLateMillis());
    SortedMap<String, String> notes = new TreeMap<>(figures.notes());
    notes.put("durability", durability);
    return new Figures(
        figures.keys(),
        figures.hasMisses(),
        figures.measurement(),
        figures.harnessNanosPerOp(),
        more,
        notes);
  }
}
