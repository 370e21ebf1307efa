package dev.grantstore.equivalence.run;

import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.QueryKind;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Ways to make one operation simpler. */
enum Simplification {
  /** One element less in a batch. */
  FEWER_ELEMENTS,
  /** Payloads as small as they go. */
  PLAINER_ROWS,
  /** The store asked instead of a snapshot. */
  STORE_ASKED,
  /** Page sizes of one, one part, the first set of options. */
  SMALLER_NUMBERS;

  private static final int MOST_PIECES = 32;

  /** {@return simpler forms of an operation, the simplest first} */
  List<Op> of(Op op) {
    return switch (this) {
      case FEWER_ELEMENTS -> fewerElements(op);
      case PLAINER_ROWS -> changedRows(op, Simplification::plainer);
      case STORE_ASKED -> storeAsked(op);
      case SMALLER_NUMBERS -> smallerNumbers(op);
    };
  }

  /** {@return two puts into one sync as one batch; empty if they are something else} */
  static Optional<Op> merged(Op op, Op next) {
    OptionalInt sync = syncOfPut(op);
    if (sync.isEmpty() || !sync.equals(syncOfPut(next))) {
      return Optional.empty();
    }
    List<Row> rows = new ArrayList<>(Workload.rowsOf(op));
    rows.addAll(Workload.rowsOf(next));
    int token = resumeToken(next) == 0 ? resumeToken(op) : resumeToken(next);
    return Optional.of(new Op.PutAll(sync.getAsInt(), rows, token));
  }

  private static int resumeToken(Op op) {
    return op instanceof Op.PutAll putAll ? putAll.resumeToken() : 0;
  }

  private static OptionalInt syncOfPut(Op op) {
    if (op instanceof Op.Put put) {
      return OptionalInt.of(put.sync());
    }
    return op instanceof Op.PutAll putAll ? OptionalInt.of(putAll.sync()) : OptionalInt.empty();
  }

  private static List<Op> fewerElements(Op op) {
    if (op instanceof Op.GetAll getAll) {
      return without(getAll.ids(), ids -> new Op.GetAll(getAll.via(), getAll.sync(), ids));
    }
    if (op instanceof Op.DeleteAll deleteAll) {
      return without(deleteAll.ids(), ids -> new Op.DeleteAll(deleteAll.sync(), ids));
    }
    if (op instanceof Op.PutAll putAll) {
      List<Op> fewer = without(putAll.rows(), putAll::with);
      if (putAll.rows().size() == 1 && putAll.resumeToken() == 0) {
        fewer.add(0, new Op.Put(putAll.sync(), putAll.rows().get(0)));
      }
      return fewer;
    }
    if (op instanceof Op.ListRows list) {
      return fewerAsked(
          list.ask(), ask -> new Op.ListRows(list.via(), list.sync(), ask, list.pageRows()));
    }
    if (op instanceof Op.Page page) {
      return fewerAsked(
          page.ask(),
          ask -> new Op.Page(page.token(), page.via(), page.sync(), ask, page.limitRows()));
    }
    if (op instanceof Op.OpenCursor open) {
      return fewerAsked(
          open.ask(), ask -> new Op.OpenCursor(open.cursor(), open.via(), open.sync(), ask));
    }
    if (op instanceof Op.BulkLoad load) {
      return without(load.rows(), rows -> new Op.BulkLoad(load.sync(), rows, load.parts()));
    }
    if (op instanceof Op.AbandonedLoad load) {
      return without(load.rows(), rows -> new Op.AbandonedLoad(load.sync(), rows, load.parts()));
    }
    if (op instanceof Op.FillLoad fill) {
      return without(fill.rows(), rows -> new Op.FillLoad(fill.load(), fill.part(), rows));
    }
    return op instanceof Op.Merge merge ? fewerSources(merge) : List.of();
  }

  /** None says what is gone, or one source less; at least one is left. */
  private static List<Op> fewerSources(Op.Merge merge) {
    List<Op> fewer = new ArrayList<>();
    if (merge.deletions() > 0) {
      fewer.add(new Op.Merge(merge.sources(), 0, merge.as()));
    }
    for (int i = 1; i <= merge.sources().size() && merge.sources().size() > 1; i++) {
      List<Integer> left = new ArrayList<>(merge.sources());
      left.remove(i - 1);
      int deletions = merge.deletions();
      fewer.add(
          new Op.Merge(
              left, deletions == i ? 0 : deletions > i ? deletions - 1 : deletions, merge.as()));
    }
    return fewer;
  }

  /** Of a list of many things: of fewer, and of one by itself. */
  private static List<Op> fewerAsked(Ask ask, Function<Ask, Op> op) {
    if (!ask.kind().isMany()) {
      return List.of();
    }
    List<Op> fewer =
        without(
            ask.each(),
            each -> op.apply(new Ask(ask.kind(), each.stream().flatMap(List::stream).toList())));
    if (ask.each().size() == 1) {
      fewer.add(0, op.apply(new Ask(QueryKind.BY_ENTITLEMENT, ask.ids())));
    }
    return fewer;
  }

  /** Halves, quarters, and so on gone; single elements only of short lists. */
  private static <T> List<Op> without(List<T> elements, Function<List<T>, Op> op) {
    List<Op> fewer = new ArrayList<>();
    int least = Math.max(1, elements.size() / MOST_PIECES);
    for (int piece = Math.max(1, elements.size() / 2); piece >= least; piece /= 2) {
      for (int from = 0; from < elements.size(); from += piece) {
        List<T> left = new ArrayList<>(elements);
        left.subList(from, Math.min(elements.size(), from + piece)).clear();
        fewer.add(op.apply(left));
      }
      if (piece == 1) {
        break;
      }
    }
    return fewer;
  }

  private static List<Op> changedRows(Op op, Function<Row, List<Row>> change) {
    if (op instanceof Op.Put put) {
      return change.apply(put.row()).stream().<Op>map(row -> new Op.Put(put.sync(), row)).toList();
    }
    if (op instanceof Op.PutAll putAll) {
      return each(putAll.rows(), change, putAll::with);
    }
    if (op instanceof Op.BulkLoad load) {
      return each(load.rows(), change, rows -> new Op.BulkLoad(load.sync(), rows, load.parts()));
    }
    if (op instanceof Op.AbandonedLoad load) {
      return each(
          load.rows(), change, rows -> new Op.AbandonedLoad(load.sync(), rows, load.parts()));
    }
    if (op instanceof Op.FillLoad fill) {
      return each(fill.rows(), change, rows -> new Op.FillLoad(fill.load(), fill.part(), rows));
    }
    return List.of();
  }

  private static List<Op> each(
      List<Row> rows, Function<Row, List<Row>> change, Function<List<Row>, Op> op) {
    List<Op> changed = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      for (Row row : change.apply(rows.get(i))) {
        List<Row> copy = new ArrayList<>(rows);
        copy.set(i, row);
        changed.add(op.apply(copy));
      }
    }
    return changed;
  }

  /** {@return the row with nothing in its payload, or with one bit less} */
  private static List<Row> plainer(Row row) {
    List<Row> plainer = new ArrayList<>();
    if (row.value() != 0) {
      plainer.add(new Row(row.id(), row.entitlement(), row.principal(), 0));
    }
    for (int bit = row.value(); bit != 0; bit &= bit - 1) {
      int less = row.value() & ~Integer.lowestOneBit(bit);
      plainer.add(new Row(row.id(), row.entitlement(), row.principal(), less));
    }
    return plainer;
  }

  private static List<Op> storeAsked(Op op) {
    if (op instanceof Op.Get get) {
      return List.of(new Op.Get(0, get.sync(), get.id()));
    }
    if (op instanceof Op.GetAll getAll) {
      return List.of(new Op.GetAll(0, getAll.sync(), getAll.ids()));
    }
    if (op instanceof Op.Holds holds) {
      return List.of(new Op.Holds(0, holds.sync(), holds.principal(), holds.entitlement()));
    }
    if (op instanceof Op.ListRows list) {
      return List.of(new Op.ListRows(0, list.sync(), list.ask(), list.pageRows()));
    }
    if (op instanceof Op.Page page) {
      return List.of(new Op.Page(page.token(), 0, page.sync(), page.ask(), page.limitRows()));
    }
    if (op instanceof Op.OpenCursor open) {
      return List.of(new Op.OpenCursor(open.cursor(), 0, open.sync(), open.ask()));
    }
    if (op instanceof Op.Resume resume) {
      return List.of(new Op.Resume(resume.token(), 0, resume.limitRows()));
    }
    return op instanceof Op.ListSyncs ? List.of(new Op.ListSyncs(0)) : List.of();
  }

  private static List<Op> smallerNumbers(Op op) {
    List<Op> smaller = new ArrayList<>();
    if (op instanceof Op.PutAll put) {
      if (put.resumeToken() > 0) {
        smaller.add(new Op.PutAll(put.sync(), put.rows()));
      }
      if (put.resumeToken() > 1) {
        smaller.add(new Op.PutAll(put.sync(), put.rows(), 1));
      }
    } else if (op instanceof Op.ListRows list) {
      if (list.pageRows() > 1) {
        smaller.add(new Op.ListRows(list.via(), list.sync(), list.ask(), 1));
      }
    } else if (op instanceof Op.Page page) {
      if (page.limitRows() > 1) {
        smaller.add(new Op.Page(page.token(), page.via(), page.sync(), page.ask(), 1));
      }
    } else if (op instanceof Op.Resume resume) {
      if (resume.limitRows() > 1) {
        smaller.add(new Op.Resume(resume.token(), resume.via(), 1));
      }
    } else if (op instanceof Op.NextRows next) {
      if (next.rows() > 1) {
        smaller.add(new Op.NextRows(next.cursor(), 1));
      }
    } else if (op instanceof Op.BulkLoad load) {
      if (load.parts() > 1) {
        smaller.add(new Op.BulkLoad(load.sync(), load.rows(), 1));
      }
    } else if (op instanceof Op.OpenLoad open) {
      if (open.parts() > 1) {
        smaller.add(new Op.OpenLoad(open.load(), open.sync(), 1));
      }
    } else if (op instanceof Op.FillLoad fill) {
      if (fill.part() > 0) {
        smaller.add(new Op.FillLoad(fill.load(), 0, fill.rows()));
      }
    } else if (op instanceof Op.OpenSnapshot open) {
      if (open.asOf() > 0) {
        smaller.add(new Op.OpenSnapshot(open.snapshot()));
      }
    } else if (op instanceof Op.Expire expire) {
      if (expire.asOf() > 1) {
        smaller.add(new Op.Expire(expire.sync(), 1));
      }
    } else if (op instanceof Op.Crash crash) {
      smaller.add(new Op.Reopen(crash.settings()));
    } else if (op instanceof Op.Reopen reopen && reopen.settings() != 0) {
      smaller.add(new Op.Reopen(0));
    }
    return smaller;
  }
}
