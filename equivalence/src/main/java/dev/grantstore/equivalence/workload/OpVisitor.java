package dev.grantstore.equivalence.workload;

/**
 * One method for each type of {@link Op}, so that a new type does not compile until everybody who
 * tells them apart knows it.
 *
 * @param <R> what is answered
 */
@SuppressWarnings("MissingJavadocMethod") // each method is named for its operation
public interface OpVisitor<R> {
  R startSync(Op.StartSync op);

  R seal(Op.Seal op);

  R drop(Op.Drop op);

  R put(Op.Put op);

  R putAll(Op.PutAll op);

  R delete(Op.Delete op);

  R deleteAll(Op.DeleteAll op);

  R bulkLoad(Op.BulkLoad op);

  R abandonedLoad(Op.AbandonedLoad op);

  R openLoad(Op.OpenLoad op);

  R fillLoad(Op.FillLoad op);

  R commitLoad(Op.CommitLoad op);

  R abandonLoad(Op.AbandonLoad op);

  R listSyncs(Op.ListSyncs op);

  R get(Op.Get op);

  R getAll(Op.GetAll op);

  R holds(Op.Holds op);

  R listRows(Op.ListRows op);

  R page(Op.Page op);

  R resume(Op.Resume op);

  R openSnapshot(Op.OpenSnapshot op);

  R releaseSnapshot(Op.ReleaseSnapshot op);

  R openCursor(Op.OpenCursor op);

  R nextRows(Op.NextRows op);

  R closeCursor(Op.CloseCursor op);

  R flush(Op.Flush op);

  R settle(Op.Settle op);

  R reopen(Op.Reopen op);

  R crash(Op.Crash op);

  R openReadOnly(Op.OpenReadOnly op);

  R bad(Op.Bad op);

  R ofSyncs(Op.OfSyncs op);
}
