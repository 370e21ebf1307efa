package dev.grantstore.bench.run;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.benchmark.ReadAgain;
import dev.grantstore.bench.benchmark.Subject;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.ReadCounters;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks some questions of each cell once more, off the clock, on a store whose engine counts: that
 * costs time, so it is no part of what is timed.
 */
final class CounterPass {
  private static final String STATISTICS = "statistics";
  private static final String PERF = "perf.";
  private static final String TICKER = "ticker.rocksdb.";

  private final String uri;
  private final StoreOptions options;
  private final Halt halt;

  /**
   * Prepares a pass; opens nothing yet.
   *
   * @param uri of the store, which nobody has open for writing
   * @param options as for the timed cells
   * @param halt ends it early
   */
  CounterPass(String uri, StoreOptions options, Halt halt) {
    this.uri = uri;
    this.options = options.withEngineOption(STATISTICS, "1");
    this.halt = halt;
  }

  /** {@return counters by question, where the engine has them; each starts with a cold cache} */
  SortedMap<String, ReadCounters> count(List<AskedCell> cells, Subject subject) {
    SortedMap<String, ReadCounters> counted = new TreeMap<>();
    for (AskedCell cell : cells) {
      if (!halt.isRequested()) {
        count(cell, subject).ifPresent(counters -> counted.put(cell.question(), counters));
      }
    }
    return counted;
  }

  private Optional<ReadCounters> count(AskedCell cell, Subject subject) {
    if (!ReadAgain.isPossible(cell.named())) {
      return Optional.empty();
    }
    GrantStore opened;
    try {
      opened = GrantStores.open(uri, options);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // an engine refuses options it does not know
    }
    try (GrantStore store = opened) {
      SortedMap<String, String> before = store.stats().engine();
      if (before.keySet().stream().noneMatch(name -> name.startsWith(TICKER))) {
        return Optional.empty();
      }
      ReadAgain.Work work =
          ReadAgain.run(cell.named(), subject.through(store), cell.settings(), halt);
      SortedMap<String, String> after = store.stats().engine();
      return Optional.of(
          new ReadCounters(
              work.ops(),
              work.rows(),
              difference(before, after, "block.cache.data.hit"),
              difference(before, after, "block.cache.data.miss"),
              difference(before, after, "number.db.next"),
              perOp(before, after, work.ops())));
    }
  }

  /** Whatever else grew, under the engine's own name. */
  private static SortedMap<String, Double> perOp(
      SortedMap<String, String> before, SortedMap<String, String> after, long ops) {
    SortedMap<String, Double> grown = new TreeMap<>();
    for (String name : after.keySet()) {
      if (name.startsWith(PERF)) {
        long more = number(after, name) - number(before, name);
        grown.put(name.substring(PERF.length()), (double) more / Math.max(1, ops));
      }
    }
    return grown;
  }

  private static long difference(
      SortedMap<String, String> before, SortedMap<String, String> after, String name) {
    return count(after, name) - count(before, name);
  }

  private static long count(SortedMap<String, String> engine, String name) {
    return number(engine, TICKER + name);
  }

  private static long number(SortedMap<String, String> engine, String name) {
    return Long.parseLong(engine.getOrDefault(name, "0"));
  }
}
