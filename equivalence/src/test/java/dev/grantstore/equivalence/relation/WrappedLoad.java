package dev.grantstore.equivalence.relation;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * A load that changes every grant it is given.
 *
 * @param real loads
 * @param change of each
 */
record WrappedLoad(BulkLoad real, UnaryOperator<Grant> change) implements BulkLoad {
  @Override
  public BulkPart openPart() {
    BulkPart part = real.openPart();
    return new BulkPart() {
      @Override
      public void add(Grant grant) {
        part.add(change.apply(grant));
      }

      @Override
      public void close() {
        part.close();
      }
    };
  }

  @Override
  public SyncRun commit(Instant endedAt) {
    return real.commit(endedAt);
  }

  @Override
  public void close() {
    real.close();
  }
}
