package dev.grantstore.equivalence.planted;

import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import java.util.function.Supplier;

/** Asks a reader for as long as a real snapshot lives. */
class ForwardingSnapshot extends ForwardingReader implements GrantSnapshot {
  private final GrantSnapshot real;

  ForwardingSnapshot(GrantReader asked, GrantSnapshot real) {
    this(() -> asked, real);
  }

  ForwardingSnapshot(Supplier<? extends GrantReader> asked, GrantSnapshot real) {
    super(asked);
    this.real = real;
  }

  @Override
  public void close() {
    real.close();
  }
}
