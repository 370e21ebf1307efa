package dev.grantstore.equivalence.workload;

/**
 * One method for each type of {@link Op.OfSyncs}, as {@link OpVisitor} has one for each other.
 *
 * @param <R> what is answered
 */
@SuppressWarnings("MissingJavadocMethod") // each method is named for its operation
public interface SyncOpVisitor<R> {
  R expire(Op.Expire op);

  R saveOpen(Op.SaveOpen op);

  R checkpoint(Op.Checkpoint op);

  R ingest(Op.Ingest op);

  R merge(Op.Merge op);

  R diff(Op.Diff op);
}
