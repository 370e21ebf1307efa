package dev.grantstore.equivalence.run;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a run does, and keeps who is alive for it. One thread. */
final class Tally {
  private final boolean isForgetful;
  private final Map<Fact, Long> facts = new EnumMap<>(Fact.class);
  private final SortedMap<String, Long> ops = new TreeMap<>();
  private final SortedMap<String, Long> pairs = new TreeMap<>();
  private final Map<Integer, Set<Integer>> alive = new HashMap<>();
  private String last = "";

  /** Counts for a store that may be one which is not really closed. */
  Tally(boolean isForgetful) {
    this.isForgetful = isForgetful;
  }

  void count(Fact fact) {
    facts.merge(fact, 1L, Long::sum);
  }

  /** Counts an operation that was answered. */
  void count(Op op, Answer answer) {
    boolean isDone = !isForgetful || !Oracles.isRestart(op);
    ops.merge(op.kind() + " " + (isDone ? word(answer) : "forgetful"), 1L, Long::sum);
    if (!last.isEmpty()) {
      pairs.merge(last + " " + op.kind(), 1L, Long::sum);
    }
    last = op.kind();
    if (!isDone) {
      return;
    }
    if (answer.isSkipped()) {
      count(Fact.SKIPPED);
    } else if (answer.isRefused()) {
      count(Fact.REFUSAL);
    } else {
      countEffect(op, answer);
    }
  }

  Coverage coverage() {
    return new Coverage(facts, ops, pairs);
  }

  private void countEffect(Op op, Answer answer) {
    if (op instanceof Op.Put put) {
      put(put.sync(), List.of(put.row()));
    } else if (op instanceof Op.PutAll putAll) {
      put(putAll.sync(), putAll.rows());
    } else if (op instanceof Op.Delete delete) {
      delete(delete.sync(), List.of(delete.id()));
    } else if (op instanceof Op.DeleteAll deleteAll) {
      delete(deleteAll.sync(), deleteAll.ids());
    } else if (op instanceof Op.Drop drop) {
      count(Fact.DROP);
      alive.remove(drop.sync());
    } else if (op instanceof Op.BulkLoad load) {
      count(Fact.BULK_LOAD);
      put(load.sync(), load.rows());
    } else if (op instanceof Op.Seal) {
      count(Fact.SEAL);
    } else if (Oracles.isRestart(op)) {
      count(Fact.REOPENING);
      if (op instanceof Op.Crash) {
        count(Fact.CRASH);
      } else if (op instanceof Op.OpenReadOnly) {
        count(Fact.READ_ONLY_OPENING);
      }
    } else {
      countRead(op, answer);
    }
  }

  private void countRead(Op op, Answer answer) {
    if (op instanceof Op.ListRows && !answer.rows().isEmpty()) {
      count(Fact.NON_EMPTY_LIST);
    }
    if (answer.outcome().equals("more") && !(op instanceof Op.NextRows)) {
      count(Fact.PAGE_WITH_MORE);
    }
    if (op instanceof Op.Resume) {
      count(Fact.RESUMED_PAGE);
    }
    if (op instanceof Op.NextRows && !answer.rows().isEmpty()) {
      count(Fact.HELD_CURSOR_READ);
    }
    if (Oracles.via(op) > 0) {
      count(Fact.SNAPSHOT_READ);
    }
  }

  private void put(int sync, List<Row> rows) {
    Set<Integer> ids = alive.computeIfAbsent(sync, any -> new HashSet<>());
    for (Row row : rows) {
      count(ids.add(row.id()) ? Fact.INSERT : Fact.OVERWRITE);
    }
  }

  private void delete(int sync, List<Integer> gone) {
    Set<Integer> ids = alive.getOrDefault(sync, Set.of());
    for (int id : gone) {
      if (ids.contains(id)) {
        ids.remove(id);
        count(Fact.EFFECTIVE_DELETE);
      }
    }
  }

  private static String word(Answer answer) {
    int end = answer.outcome().indexOf(' ');
    return end < 0 ? answer.outcome() : answer.outcome().substring(0, end);
  }
}
