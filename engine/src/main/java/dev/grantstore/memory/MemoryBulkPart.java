package dev.grantstore.memory;

import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A list of grants on its way in. One thread. */
final class MemoryBulkPart implements BulkPart {
  private final Lifetime lifetime;
  private final List<Grant> grants = new ArrayList<>();
  private volatile boolean closed;

  MemoryBulkPart(Lifetime lifetime) {
    this.lifetime = lifetime;
  }

  @Override
  public void add(Grant grant) {
    Objects.requireNonNull(grant, "grant");
    lifetime.check();
    grants.add(grant);
  }

  @Override
  public void close() {
    lifetime.end();
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** {@return what was added, in that order; to be asked of a closed part} */
  List<Grant> grants() {
    return grants;
  }
}
