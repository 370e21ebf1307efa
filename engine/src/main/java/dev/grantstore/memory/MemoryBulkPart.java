package dev.grantstore.memory;

import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** A list of grants on its way in. One thread; a second one at the same time spoils the load. */
final class MemoryBulkPart implements BulkPart {
  private final Lifetime lifetime;
  private final List<Grant> grants = new ArrayList<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean closed;
  private volatile boolean shared;

  MemoryBulkPart(Lifetime lifetime) {
    this.lifetime = lifetime;
  }

  @Override
  public void add(Grant grant) {
    Objects.requireNonNull(grant, "grant");
    acquire();
    try {
      lifetime.check();
      if (shared) {
        throw new IllegalStateException("bulk part failed earlier");
      }
      grants.add(grant);
    } finally {
      busy.set(false);
    }
  }

  @Override
  public void close() {
    acquire();
    try {
      lifetime.end();
      closed = true;
    } finally {
      busy.set(false);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** {@return whether two threads used it at once} */
  boolean isShared() {
    return shared;
  }

  /** {@return what was added, in that order; to be asked of a closed part} */
  List<Grant> grants() {
    return grants;
  }

  private void acquire() {
    if (!busy.compareAndSet(false, true)) {
      shared = true;
      throw new IllegalStateException("bulk part is used by two threads at once");
    }
  }
}
