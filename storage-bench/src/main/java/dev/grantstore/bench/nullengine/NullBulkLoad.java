package dev.grantstore.bench.nullengine;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.Grant;
import dev.grantstore.SyncRun;
import java.time.Instant;

/** Takes grants and forgets them. */
final class NullBulkLoad implements BulkLoad {
  private final SyncRun sync;

  NullBulkLoad(SyncRun sync) {
    this.sync = sync;
  }

  @Override
  public BulkPart openPart() {
    return new BulkPart() {
      @Override
      public void add(Grant grant) {}

      @Override
      public void close() {}
    };
  }

  @Override
  public SyncRun commit(Instant endedAt) {
    return sync.sealed(endedAt, ContentDigest.EMPTY);
  }

  @Override
  public void close() {}
}
