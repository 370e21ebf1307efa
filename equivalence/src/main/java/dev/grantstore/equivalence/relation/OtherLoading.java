package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Payload;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * R8: a sync written and sealed, dropped and loaded from the same rows, or written from them anew;
 * a load done by writes. Syncs left open are sealed at the end, so that there is something to load.
 *
 * <p>Both ways the sync is sealed with the same rows: lists, digest and tokens are the same, which
 * name the sync and a place in it and not how it was written. Where they differ, the loader's rows,
 * order, index rows or digest are not those of writes; or a drop left something behind.
 *
 * <p>Only the sync's type differs. What snapshots and cursors hold from before the drop stays.
 */
final class OtherLoading implements Relation {
  private static final double SHARE = 0.8;

  @Override
  public Oracle oracle() {
    return Oracle.R8;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    Workload base = sealed(workload);
    Rewriting rewriting = new Rewriting(oracle(), base);
    Contents contents = new Contents(base);
    while (rewriting.hasNext()) {
      Op op = rewriting.next();
      SplittableRandom random = chance.at(op);
      if (op instanceof Op.Seal seal
          && contents.isOpen(seal.sync())
          && chance.hits(random, SHARE)) {
        List<Row> rows = List.copyOf(contents.rows(seal.sync()).values());
        rewriting.replaceByLast(instead(random, seal, rows));
      } else if (op instanceof Op.BulkLoad load
          && contents.isAbsent(load.sync())
          && contents.areGrants(load.rows())
          && chance.hits(random, SHARE)) {
        rewriting.replaceByLast(written(random, load.sync(), Contents.inOrderOfParts(load)));
      } else {
        rewriting.keep();
      }
      contents.apply(op);
    }
    return rewriting.variation(Mapping.UNTYPED);
  }

  private static Workload sealed(Workload workload) {
    Contents contents = new Contents(workload);
    workload.ops().forEach(contents::apply);
    List<Op> ops = new ArrayList<>(workload.ops());
    contents.openSyncs().forEach(sync -> ops.add(new Op.Seal(sync)));
    return workload.withOps(ops);
  }

  private static List<Op> instead(SplittableRandom random, Op.Seal seal, List<Row> rows) {
    List<Op> ops = new ArrayList<>(List.of(new Op.Drop(seal.sync())));
    if (random.nextInt(3) == 0) {
      ops.addAll(written(random, seal.sync(), rows));
    } else {
      ops.add(loaded(random, seal.sync(), rows));
    }
    return ops;
  }

  private static List<Op> written(SplittableRandom random, int sync, List<Row> rows) {
    List<Op> ops = new ArrayList<>(List.of(new Op.StartSync(sync)));
    int half = random.nextInt(rows.size() + 1);
    rows.subList(0, half).forEach(row -> ops.add(new Op.Put(sync, row)));
    ops.add(new Op.PutAll(sync, rows.subList(half, rows.size())));
    ops.add(new Op.Seal(sync));
    return ops;
  }

  /** In any order in several parts, or in one, after rows that they replace. */
  private static Op loaded(SplittableRandom random, int sync, List<Row> rows) {
    List<Row> shuffled = new ArrayList<>(rows);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    if (random.nextBoolean()) {
      return new Op.BulkLoad(sync, shuffled, random.nextInt(1, 4));
    }
    List<Row> replaced = new ArrayList<>();
    for (Row row : shuffled) {
      if (random.nextBoolean()) {
        int other = (row.value() + 1) % Payload.COUNT;
        replaced.add(new Row(row.id(), row.entitlement(), row.principal(), other));
      }
    }
    replaced.addAll(shuffled);
    return new Op.BulkLoad(sync, replaced, 1);
  }
}
