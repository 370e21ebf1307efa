package dev.grantstore.equivalence.run;

import dev.grantstore.Ids;
import dev.grantstore.equivalence.workload.IndexMap;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes a failing workload's ids few and plain: a, b, c, and s, t, u for syncs. */
final class IdReduction {
  private IdReduction() {}

  static void run(Reducer.Attempts attempts) {
    mergeIds(attempts);
    mergeSyncs(attempts);
    attempts.accepts(withoutUnused(attempts.best()));
    renameAll(attempts);
    for (int i = 0; i < attempts.best().ids().size(); i++) {
      rename(attempts, i);
    }
    for (int i = 0; i < attempts.best().syncs().size(); i++) {
      renameSync(attempts, i);
    }
  }

  /** {@return the workload over tables without what no operation speaks of} */
  static Workload withoutUnused(Workload workload) {
    Collected used = new Collected(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(Set.of(0)));
    workload.renumbered(workload.ids(), workload.syncs(), workload.settings(), used);
    List<Integer> ids = List.copyOf(used.ids());
    List<Integer> syncs = List.copyOf(used.syncs());
    List<Integer> settings = List.copyOf(used.settings());
    return workload.renumbered(
        ids.stream().map(workload.ids()::get).toList(),
        syncs.stream().map(workload.syncs()::get).toList(),
        settings.stream().map(workload.settings()::get).toList(),
        new Places(ids, syncs, settings));
  }

  private static void mergeIds(Reducer.Attempts attempts) {
    for (int gone = attempts.best().ids().size() - 1; gone > 0; gone--) {
      for (int kept = 0; kept < gone; kept++) {
        Workload best = attempts.best();
        if (attempts.accepts(merged(best, new Merged(gone, kept, -1, -1)))) {
          break;
        }
      }
    }
  }

  private static void mergeSyncs(Reducer.Attempts attempts) {
    for (int gone = attempts.best().syncs().size() - 1; gone > 0; gone--) {
      Workload best = attempts.best();
      attempts.accepts(merged(best, new Merged(-1, -1, gone, 0)));
    }
  }

  /** All at once and in the same order: one run instead of one for each. */
  private static void renameAll(Reducer.Attempts attempts) {
    List<String> old = attempts.best().ids();
    List<String> sorted = new ArrayList<>(old);
    sorted.sort(Ids.ORDER);
    List<String> plain = old.stream().map(id -> plain('a', sorted.indexOf(id))).toList();
    attempts.accepts(attempts.best().withTables(plain, attempts.best().syncs()));
  }

  private static void rename(Reducer.Attempts attempts, int index) {
    List<String> ids = new ArrayList<>(attempts.best().ids());
    String plain = plain('a', index);
    if (!ids.contains(plain)) {
      ids.set(index, plain);
      attempts.accepts(attempts.best().withTables(ids, attempts.best().syncs()));
    }
  }

  private static void renameSync(Reducer.Attempts attempts, int index) {
    List<String> syncs = new ArrayList<>(attempts.best().syncs());
    String plain = plain('s', index);
    if (!syncs.contains(plain)) {
      syncs.set(index, plain);
      attempts.accepts(attempts.best().withTables(attempts.best().ids(), syncs));
    }
  }

  private static Workload merged(Workload workload, Merged map) {
    return workload.renumbered(workload.ids(), workload.syncs(), workload.settings(), map);
  }

  private static String plain(char first, int index) {
    return Character.toString(first + index);
  }

  private record Merged(int goneId, int keptId, int goneSync, int keptSync) implements IndexMap {
    @Override
    public int id(int index) {
      return index == goneId ? keptId : index;
    }

    @Override
    public int sync(int index) {
      return index == goneSync ? keptSync : index;
    }
  }

  private record Places(List<Integer> ids, List<Integer> syncs, List<Integer> settingsKept)
      implements IndexMap {
    @Override
    public int id(int index) {
      return ids.indexOf(index);
    }

    @Override
    public int sync(int index) {
      return syncs.indexOf(index);
    }

    @Override
    public int settings(int index) {
      return settingsKept.indexOf(index);
    }
  }

  private record Collected(
      SortedSet<Integer> ids, SortedSet<Integer> syncs, SortedSet<Integer> settings)
      implements IndexMap {
    @Override
    public int id(int index) {
      ids.add(index);
      return index;
    }

    @Override
    public int sync(int index) {
      syncs.add(index);
      return index;
    }

    @Override
    public int settings(int index) {
      settings.add(index);
      return index;
    }
  }
}
