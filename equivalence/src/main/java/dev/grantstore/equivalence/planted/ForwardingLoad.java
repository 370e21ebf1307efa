package dev.grantstore.equivalence.planted;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import dev.grantstore.SyncRun;
import java.time.Instant;

/** Fills another bulk load; every grant, with the number of its part, goes through one method. */
class ForwardingLoad implements BulkLoad {
  private final BulkLoad load;
  private int parts;

  ForwardingLoad(BulkLoad load) {
    this.load = load;
  }

  /** Adds a grant to a part of the other load; the first part is number 0. */
  void add(BulkPart part, int number, Grant grant) {
    part.add(grant);
  }

  @Override
  public BulkPart openPart() {
    BulkPart part = load.openPart();
    int number = parts++;
    return new BulkPart() {
      @Override
      public void add(Grant grant) {
        ForwardingLoad.this.add(part, number, grant);
      }

      @Override
      public void close() {
        part.close();
      }
    };
  }

  @Override
  public SyncRun commit(Instant endedAt) {
    return load.commit(endedAt);
  }

  @Override
  public void close() {
    load.close();
  }
}
