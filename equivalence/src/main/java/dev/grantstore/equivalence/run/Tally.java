package dev.grantstore.equivalence.run;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Payload;
import dev.grantstore.equivalence.workload.Row;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a run does, and keeps who is alive for it. One thread. */
final class Tally {
  private static final int LONG_LIST_ROWS = 100;
  private static final int LARGE_GET_ALL_IDS = 1_000;

  private final boolean isForgetful;
  private final Map<Fact, Long> facts = new EnumMap<>(Fact.class);
  private final SortedMap<String, Long> ops = new TreeMap<>();
  private final SortedMap<String, Long> pairs = new TreeMap<>();
  private final Map<Integer, Map<Integer, Row>> alive = new HashMap<>();
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
      if (putAll.resumeToken() != 0) {
        count(Fact.RESUME_TOKEN);
      }
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
    } else if (op instanceof Op.CommitLoad) {
      count(Fact.BULK_LOAD);
      count(Fact.HELD_LOAD);
    } else if (op instanceof Op.Seal) {
      count(Fact.SEAL);
    } else if (op instanceof Op.OfSyncs ofSyncs) {
      countOfSyncs(ofSyncs, answer);
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

  private void countOfSyncs(Op.OfSyncs op, Answer answer) {
    if (op instanceof Op.Expire expire) {
      Instant asOf = Payload.instant(expire.asOf());
      boolean isAny =
          alive
              .getOrDefault(expire.sync(), new HashMap<>())
              .values()
              .removeIf(row -> Payload.hasEnded(row.value(), asOf));
      if (isAny) {
        count(Fact.EXPIRY);
      }
    } else if (op instanceof Op.SaveOpen) {
      count(Fact.CONTAINER);
    } else if (op instanceof Op.Checkpoint) {
      count(Fact.CHECKPOINT);
    } else if (op instanceof Op.Ingest) {
      count(Fact.INGEST);
    } else if (op instanceof Op.Merge) {
      count(Fact.MERGE);
    } else if (!answer.rows().isEmpty()) {
      count(Fact.DIFFERENCE);
    }
  }

  private void countRead(Op op, Answer answer) {
    if (op instanceof Op.ListRows && !answer.rows().isEmpty()) {
      count(Fact.NON_EMPTY_LIST);
      if (answer.rows().size() > LONG_LIST_ROWS) {
        count(Fact.LONG_LIST);
      }
    }
    if (op instanceof Op.OpenSnapshot open && open.asOf() > 0) {
      count(Fact.AS_OF);
    }
    if (op instanceof Op.GetAll && answer.rows().size() > LARGE_GET_ALL_IDS) {
      count(Fact.LARGE_GET_ALL);
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
    Map<Integer, Row> ids = alive.computeIfAbsent(sync, any -> new HashMap<>());
    for (Row row : rows) {
      Row old = ids.put(row.id(), row);
      count(old == null ? Fact.INSERT : Fact.OVERWRITE);
      if (old != null && differences(old, row) == 1) {
        count(Fact.UPDATE_OF_ONE_FIELD);
      }
    }
  }

  private static int differences(Row old, Row row) {
    return Integer.bitCount(old.value() ^ row.value())
        + (old.entitlement().equals(row.entitlement()) ? 0 : 1)
        + (old.principal().equals(row.principal()) ? 0 : 1);
  }

  private void delete(int sync, List<Integer> gone) {
    Map<Integer, Row> ids = alive.getOrDefault(sync, Map.of());
    for (int id : gone) {
      if (ids.containsKey(id)) {
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
