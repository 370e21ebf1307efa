package dev.grantstore.equivalence.workload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Puts what is done to whole syncs into workloads, in the place of reads: what is written stays,
 * and most workloads stay as they were. Copies and merged syncs have ids of their own, so that they
 * stand in nobody's way; what they are made of is loaded from rows like those that were written
 * before, so that there is something to win, to tie and to differ. One thread, used once.
 */
final class SyncOps {
  /** One workload of so many has them. */
  private static final int ONE_OF = 4;

  private static final List<String> OWN = List.of("copy-1", "copy-2", "copy-3");
  private static final int MOST_SOURCES = 3;
  private static final int MOST_ROWS = 12;

  /** Bits of a payload that decide which of two rows is newer. */
  private static final int DISCOVERED = 7 << 4 | 1 << 15;

  private enum Kind {
    EXPIRE,
    SAVE_OPEN,
    INGEST,
    MERGE,
    DIFF
  }

  private final Workload workload;
  private final SplittableRandom random;
  private final List<Kind> kinds = new ArrayList<>();
  private final List<Row> written = new ArrayList<>();
  private final List<List<Row>> loaded = new ArrayList<>();
  private final SortedSet<Integer> open = new TreeSet<>();
  private final SortedSet<Integer> sealed = new TreeSet<>();
  private final int firstOwn;

  private SyncOps(Workload workload, SplittableRandom random) {
    this.workload = workload;
    this.random = random;
    firstOwn = workload.syncs().size();
    for (Kind kind : Kind.values()) {
      if (random.nextInt(5) < 3) {
        kinds.add(kind);
      }
    }
  }

  /** {@return a workload with some of them in it, or as it is} */
  static Workload mixInto(Workload workload) {
    SplittableRandom random = new SplittableRandom(workload.seed()).split().split();
    Set<String> syncs = new LinkedHashSet<>(workload.syncs());
    syncs.addAll(OWN);
    SyncOps mixing = new SyncOps(workload, random);
    boolean isTold = syncs.size() < workload.syncs().size() + OWN.size();
    if (random.nextInt(ONE_OF) != 0 || mixing.kinds.isEmpty() || isTold) {
      return workload;
    }
    return new Workload(
        workload.seed(), workload.ids(), List.copyOf(syncs), workload.settings(), mixing.mixed());
  }

  private List<Op> mixed() {
    List<Op> ops = new ArrayList<>();
    for (Op op : workload.ops()) {
      Op next = isRead(op) && random.nextBoolean() ? instead(op) : op;
      ops.add(next);
      follow(next);
    }
    return ops;
  }

  /** {@return whether something else may stand in its place} */
  static boolean isRead(Op op) {
    return op instanceof Op.Get
        || op instanceof Op.GetAll
        || op instanceof Op.Holds
        || op instanceof Op.ListRows
        || op instanceof Op.ListSyncs;
  }

  private Op instead(Op op) {
    Kind kind = pick(kinds);
    if (kind == Kind.EXPIRE) {
      return open.isEmpty()
          ? op
          : new Op.Expire(pick(open), random.nextInt(1, 1 + Payload.INSTANTS));
    }
    if ((sealed.size() < MOST_SOURCES && random.nextInt(3) > 0) || sealed.isEmpty()) {
      return loaded(op);
    }
    return switch (kind) {
      case EXPIRE -> op;
      case SAVE_OPEN -> new Op.SaveOpen();
      case INGEST -> copied(new Op.Ingest(pick(sealed), own()));
      case MERGE -> copied(merge());
      case DIFF -> new Op.Diff(pick(sealed), pick(sealed));
    };
  }

  /** What is to be made, or what makes room for it. */
  private Op copied(Op.OfSyncs op) {
    int as = op instanceof Op.Ingest ingest ? ingest.as() : ((Op.Merge) op).as();
    return sealed.contains(as) && random.nextInt(8) != 0 ? new Op.Drop(as) : op;
  }

  private Op.Merge merge() {
    List<Integer> sources = new ArrayList<>();
    for (int left = random.nextInt(2, 1 + MOST_SOURCES); left > 0; left--) {
      sources.add(pick(sealed));
    }
    return new Op.Merge(sources, random.nextInt(1 + sources.size()), own());
  }

  /** A sync of rows like those there are, if there are any. */
  private Op loaded(Op op) {
    int as = own();
    if (written.isEmpty()) {
      return op;
    }
    if (sealed.contains(as)) {
      return new Op.Drop(as);
    }
    List<Row> rows = new ArrayList<>();
    for (int left = random.nextInt(MOST_ROWS); left > 0; left--) {
      rows.add(like(pick(written)));
    }
    if (!loaded.isEmpty() && random.nextInt(3) > 0) {
      rows = fewChanges(pick(loaded));
    }
    loaded.add(rows);
    return new Op.BulkLoad(as, rows, random.nextInt(1, 3));
  }

  /** Most of the rows as they are, some otherwise, some not. */
  private List<Row> fewChanges(List<Row> rows) {
    List<Row> changed = new ArrayList<>();
    for (Row row : rows) {
      int dice = random.nextInt(8);
      if (dice > 0) {
        changed.add(dice < 3 ? like(row) : row);
      }
    }
    return changed;
  }

  private int withDrawn(int value, int bits) {
    return (value & ~bits) | (random.nextInt(Payload.COUNT) & bits);
  }

  /** The same, newer or older, otherwise, or at another place. */
  private Row like(Row row) {
    int value =
        switch (random.nextInt(6)) {
          case 0 -> row.value();
          case 3 -> withDrawn(row.value(), Payload.EXPIRY);
          case 1, 2 -> withDrawn(row.value(), DISCOVERED);
          default -> row.value() ^ ((1 << random.nextInt(Payload.BITS)) & ~Payload.LONG);
        };
    Row other = random.nextInt(4) == 0 ? pick(written) : row;
    return new Row(row.id(), other.entitlement(), other.principal(), value);
  }

  private int own() {
    return firstOwn + random.nextInt(OWN.size());
  }

  /** About what there is; an operation may be refused after all. */
  private void follow(Op op) {
    written.addAll(Workload.rowsOf(op));
    if (op instanceof Op.StartSync start) {
      if (!sealed.contains(start.sync())) {
        open.add(start.sync());
      }
    } else if (op instanceof Op.Seal seal) {
      if (open.remove(seal.sync())) {
        sealed.add(seal.sync());
      }
    } else if (op instanceof Op.Drop drop) {
      open.remove(drop.sync());
      sealed.remove(drop.sync());
    } else if (op instanceof Op.BulkLoad load) {
      made(load.sync());
    } else if (op instanceof Op.Ingest ingest) {
      made(ingest.as());
    } else if (op instanceof Op.Merge merge) {
      made(merge.as());
    }
  }

  private void made(int sync) {
    if (!open.contains(sync)) {
      sealed.add(sync);
    }
  }

  private <T> T pick(Collection<T> from) {
    int at = random.nextInt(from.size());
    return from.stream().skip(at).findFirst().orElseThrow();
  }
}
