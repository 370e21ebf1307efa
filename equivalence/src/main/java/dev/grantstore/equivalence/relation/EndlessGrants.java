package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Payload;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Workload;
import java.util.List;

/**
 * R15: the same grants, none of which expires.
 *
 * <p>No store asks a clock, and a read that is not as of an instant gives what has ended like all
 * else. So every answer is the same but for the ends and the digests. Where it is not, an end
 * decides what is found, or in which order.
 *
 * <p>Snapshots as of an instant are made such of all grants. What asks for ends, as expiring does,
 * and what tells grants apart by them, as ties and differences do, gives way to a list of syncs.
 */
final class EndlessGrants implements Relation {
  @Override
  public Oracle oracle() {
    return Oracle.R15;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    Workload base =
        workload.withOps(workload.ops().stream().map(EndlessGrants::ofAllGrants).toList());
    Workload varied = base.withOps(base.ops().stream().map(EndlessGrants::endless).toList());
    return Variation.oneToOne(oracle(), base, varied, Mapping.ENDLESS);
  }

  private static Op ofAllGrants(Op op) {
    if (op instanceof Op.Expire || op instanceof Op.Merge || op instanceof Op.Diff) {
      return new Op.ListSyncs(0);
    }
    return op instanceof Op.OpenSnapshot open ? new Op.OpenSnapshot(open.snapshot()) : op;
  }

  private static Op endless(Op op) {
    if (op instanceof Op.Put put) {
      return new Op.Put(put.sync(), endless(put.row()));
    }
    if (op instanceof Op.PutAll putAll) {
      return putAll.with(endless(putAll.rows()));
    }
    if (op instanceof Op.BulkLoad load) {
      return new Op.BulkLoad(load.sync(), endless(load.rows()), load.parts());
    }
    if (op instanceof Op.AbandonedLoad load) {
      return new Op.AbandonedLoad(load.sync(), endless(load.rows()), load.parts());
    }
    return op instanceof Op.FillLoad fill
        ? new Op.FillLoad(fill.load(), fill.part(), endless(fill.rows()))
        : op;
  }

  private static List<Row> endless(List<Row> rows) {
    return rows.stream().map(EndlessGrants::endless).toList();
  }

  private static Row endless(Row row) {
    return new Row(row.id(), row.entitlement(), row.principal(), row.value() & ~Payload.EXPIRY);
  }
}
