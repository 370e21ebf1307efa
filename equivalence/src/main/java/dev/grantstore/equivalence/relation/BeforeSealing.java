package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * R14: what is read of a sealed sync, asked just before it is sealed.
 *
 * <p>Sealing says that a sync changes no more. It changes no list, no page, no grant, and nothing
 * that somebody holds. Where an answer differs, the engine stores sealed syncs otherwise than open
 * ones, and has lost or changed a row on the way there, or finds another.
 *
 * <p>Workloads read little of what they have sealed, so reads of every sync that is left are put at
 * the end, where those that are open are sealed first.
 */
final class BeforeSealing implements Relation {
  private static final int MOST_ROWS_ASKED = 4;
  private static final int MOST_PAGE_ROWS = 4;

  @Override
  public Oracle oracle() {
    return Oracle.R14;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    Workload base = withReadsAtTheEnd(workload, chance);
    Rewriting rewriting = new Rewriting(oracle(), base);
    Contents contents = new Contents(base);
    while (rewriting.hasNext()) {
      Op op = rewriting.next();
      if (op instanceof Op.Seal seal && contents.isOpen(seal.sync())) {
        askWhatComes(rewriting, seal.sync());
      }
      rewriting.keep();
      contents.apply(op);
    }
    return rewriting.variation();
  }

  /** Asks now what is asked of the sync once it is sealed, as long as it is there. */
  private static void askWhatComes(Rewriting rewriting, int sync) {
    List<Op> rest = rewriting.rest();
    for (int i = 1; i < rest.size(); i++) {
      Op later = rest.get(i);
      if (later instanceof Op.Drop drop && drop.sync() == sync) {
        return;
      }
      if (isReadOf(later, sync)) {
        rewriting.match(rewriting.done() + i + 1, rewriting.add(later));
      }
    }
  }

  private static boolean isReadOf(Op op, int sync) {
    if (!Reads.isPlain(op)) {
      return false;
    }
    return (op instanceof Op.Get get && get.sync() == sync)
        || (op instanceof Op.GetAll getAll && getAll.sync() == sync)
        || (op instanceof Op.Holds holds && holds.sync() == sync)
        || (op instanceof Op.ListRows list && list.sync() == sync);
  }

  private static Workload withReadsAtTheEnd(Workload workload, Chance chance) {
    Contents contents = new Contents(workload);
    workload.ops().forEach(contents::apply);
    List<Op> ops = new ArrayList<>(workload.ops());
    SplittableRandom random = chance.once();
    for (int sync = 0; sync < workload.syncs().size(); sync++) {
      if (!contents.isAbsent(sync) && !contents.isLoading(sync)) {
        if (contents.isOpen(sync)) {
          ops.add(new Op.Seal(sync));
        }
        addReads(ops, workload, sync, List.copyOf(contents.rows(sync).values()), random);
      }
    }
    return workload.withOps(ops);
  }

  private static void addReads(
      List<Op> ops, Workload workload, int sync, List<Row> rows, SplittableRandom random) {
    ops.add(new Op.ListRows(0, sync, Ask.scan(), 0));
    ops.add(new Op.ListRows(0, sync, Ask.scan(), 1 + random.nextInt(MOST_PAGE_ROWS)));
    ops.add(new Op.ListRows(0, sync, Ask.needingExpansion(), random.nextInt(MOST_PAGE_ROWS)));
    ops.add(
        new Op.GetAll(
            0,
            sync,
            IntStream.range(0, workload.ids().size())
                .filter(id -> !workload.ids().get(id).isEmpty())
                .boxed()
                .toList()));
    for (int i = 0; i < Math.min(rows.size(), MOST_ROWS_ASKED); i++) {
      Row row = rows.get(random.nextInt(rows.size()));
      int pageRows = random.nextInt(MOST_PAGE_ROWS);
      ops.add(new Op.Get(0, sync, row.id()));
      ops.add(new Op.Holds(0, sync, row.principal(), row.entitlement()));
      ops.add(new Op.ListRows(0, sync, Ask.of(row.entitlement()), pageRows));
      ops.add(new Op.ListRows(0, sync, Ask.of(row.principal()), pageRows));
      ops.add(new Op.ListRows(0, sync, Ask.onResourceOf(row.entitlement()), pageRows));
    }
  }
}
