package dev.grantstore.equivalence.workload;

import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import java.util.List;

/** Copies operations with other indexes. Immutable if its map is. */
final class Renumbering implements OpVisitor<Op>, SyncOpVisitor<Op> {
  private final IndexMap map;

  Renumbering(IndexMap map) {
    this.map = map;
  }

  @Override
  public Op startSync(Op.StartSync op) {
    return new Op.StartSync(map.sync(op.sync()));
  }

  @Override
  public Op seal(Op.Seal op) {
    return new Op.Seal(map.sync(op.sync()));
  }

  @Override
  public Op drop(Op.Drop op) {
    return new Op.Drop(map.sync(op.sync()));
  }

  @Override
  public Op put(Op.Put op) {
    return new Op.Put(map.sync(op.sync()), row(op.row()));
  }

  @Override
  public Op putAll(Op.PutAll op) {
    return new Op.PutAll(map.sync(op.sync()), rows(op.rows()), op.resumeToken());
  }

  @Override
  public Op delete(Op.Delete op) {
    return new Op.Delete(map.sync(op.sync()), map.id(op.id()));
  }

  @Override
  public Op deleteAll(Op.DeleteAll op) {
    return new Op.DeleteAll(map.sync(op.sync()), ids(op.ids()));
  }

  @Override
  public Op bulkLoad(Op.BulkLoad op) {
    return new Op.BulkLoad(map.sync(op.sync()), rows(op.rows()), op.parts());
  }

  @Override
  public Op abandonedLoad(Op.AbandonedLoad op) {
    return new Op.AbandonedLoad(map.sync(op.sync()), rows(op.rows()), op.parts());
  }

  @Override
  public Op openLoad(Op.OpenLoad op) {
    return new Op.OpenLoad(op.load(), map.sync(op.sync()), op.parts());
  }

  @Override
  public Op fillLoad(Op.FillLoad op) {
    return new Op.FillLoad(op.load(), op.part(), rows(op.rows()));
  }

  @Override
  public Op commitLoad(Op.CommitLoad op) {
    return op;
  }

  @Override
  public Op abandonLoad(Op.AbandonLoad op) {
    return op;
  }

  @Override
  public Op listSyncs(Op.ListSyncs op) {
    return op;
  }

  @Override
  public Op get(Op.Get op) {
    return new Op.Get(op.via(), map.sync(op.sync()), map.id(op.id()));
  }

  @Override
  public Op getAll(Op.GetAll op) {
    return new Op.GetAll(op.via(), map.sync(op.sync()), ids(op.ids()));
  }

  @Override
  public Op holds(Op.Holds op) {
    return new Op.Holds(
        op.via(), map.sync(op.sync()), principal(op.principal()), entitlement(op.entitlement()));
  }

  @Override
  public Op listRows(Op.ListRows op) {
    return new Op.ListRows(op.via(), map.sync(op.sync()), ask(op.ask()), op.pageRows());
  }

  @Override
  public Op page(Op.Page op) {
    return new Op.Page(op.token(), op.via(), map.sync(op.sync()), ask(op.ask()), op.limitRows());
  }

  @Override
  public Op resume(Op.Resume op) {
    return op;
  }

  @Override
  public Op openSnapshot(Op.OpenSnapshot op) {
    return op;
  }

  @Override
  public Op releaseSnapshot(Op.ReleaseSnapshot op) {
    return op;
  }

  @Override
  public Op openCursor(Op.OpenCursor op) {
    return new Op.OpenCursor(op.cursor(), op.via(), map.sync(op.sync()), ask(op.ask()));
  }

  @Override
  public Op nextRows(Op.NextRows op) {
    return op;
  }

  @Override
  public Op closeCursor(Op.CloseCursor op) {
    return op;
  }

  @Override
  public Op flush(Op.Flush op) {
    return op;
  }

  @Override
  public Op settle(Op.Settle op) {
    return op;
  }

  @Override
  public Op reopen(Op.Reopen op) {
    return new Op.Reopen(map.settings(op.settings()));
  }

  @Override
  public Op crash(Op.Crash op) {
    return new Op.Crash(map.settings(op.settings()));
  }

  @Override
  public Op openReadOnly(Op.OpenReadOnly op) {
    return op;
  }

  @Override
  public Op bad(Op.Bad op) {
    return new Op.Bad(op.call(), map.sync(op.sync()), map.id(op.id()));
  }

  @Override
  public Op ofSyncs(Op.OfSyncs op) {
    return op.acceptOfSyncs(this);
  }

  @Override
  public Op expire(Op.Expire op) {
    return new Op.Expire(map.sync(op.sync()), op.asOf());
  }

  @Override
  public Op saveOpen(Op.SaveOpen op) {
    return op;
  }

  @Override
  public Op checkpoint(Op.Checkpoint op) {
    return op;
  }

  @Override
  public Op ingest(Op.Ingest op) {
    return new Op.Ingest(map.sync(op.sync()), map.sync(op.as()));
  }

  @Override
  public Op merge(Op.Merge op) {
    List<Integer> sources = op.sources().stream().map(map::sync).toList();
    return new Op.Merge(sources, op.deletions(), map.sync(op.as()));
  }

  @Override
  public Op diff(Op.Diff op) {
    return new Op.Diff(map.sync(op.before()), map.sync(op.after()));
  }

  private List<Row> rows(List<Row> rows) {
    return rows.stream().map(this::row).toList();
  }

  private Row row(Row row) {
    return new Row(
        map.id(row.id()), entitlement(row.entitlement()), principal(row.principal()), row.value());
  }

  private EntitlementIds entitlement(EntitlementIds e) {
    return new EntitlementIds(map.id(e.type()), map.id(e.resource()), map.id(e.id()));
  }

  private PrincipalIds principal(PrincipalIds p) {
    return new PrincipalIds(map.id(p.type()), map.id(p.id()));
  }

  private Ask ask(Ask ask) {
    return new Ask(ask.kind(), ids(ask.ids()));
  }

  private List<Integer> ids(List<Integer> ids) {
    return ids.stream().map(map::id).toList();
  }
}
