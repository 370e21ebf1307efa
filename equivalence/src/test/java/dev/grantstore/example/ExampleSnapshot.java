package dev.grantstore.example;

import dev.grantstore.GrantSnapshot;
import java.util.UUID;

/** Keeps what was held at one moment; that is all a snapshot needs here. Thread-safe. */
final class ExampleSnapshot extends ExampleReader implements GrantSnapshot {
  private final Syncs moment;
  private final Runnable check;
  private volatile boolean closed;

  /** Throws what {@code check} throws once the store is closed. */
  ExampleSnapshot(UUID store, Syncs moment, Runnable check) {
    super(store);
    this.moment = moment;
    this.check = check;
  }

  @Override
  Syncs now() {
    check.run();
    if (closed) {
      throw new IllegalStateException("snapshot is closed");
    }
    return moment;
  }

  @Override
  public void close() {
    closed = true;
  }
}
