package dev.grantstore.memory;

import dev.grantstore.ForwardingGrantReader;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import java.time.Instant;

/** Reads of a copy of the whole store. Thread-safe. */
final class MemorySnapshot extends ForwardingGrantReader implements GrantSnapshot {
  private final MemoryReads reads;
  private final Lifetime lifetime;

  MemorySnapshot(MemoryReads reads, Lifetime lifetime) {
    super(reads);
    this.reads = reads;
    this.lifetime = lifetime;
  }

  /** By the reads' own rule: the reference shares none with other stores. */
  @Override
  public GrantReader asOf(Instant instant) {
    return reads.asOf(instant);
  }

  @Override
  public void close() {
    lifetime.end();
  }
}
