package dev.grantstore.memory;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps the parts in the order they were opened, and puts them in one after the other. */
final class MemoryBulkLoad implements BulkLoad {
  private final SyncRun run;
  private final MemoryTables tables;
  private final Lifetime lifetime;
  private final List<MemoryBulkPart> parts = new ArrayList<>();
  private boolean committed;

  /** Takes over the reservation of the sync's id; the caller holds the tables. */
  MemoryBulkLoad(SyncRun run, MemoryTables tables, Lifetime lifetime) {
    this.run = run;
    this.tables = tables;
    this.lifetime = lifetime;
  }

  @Override
  public BulkPart openPart() {
    synchronized (tables) {
      checkGoesOn();
      MemoryBulkPart part = new MemoryBulkPart(lifetime.child("bulk part"));
      parts.add(part);
      return part;
    }
  }

  @Override
  public SyncRun commit(Instant endedAt) {
    Objects.requireNonNull(endedAt, "endedAt");
    synchronized (tables) {
      checkGoesOn();
      SortedMap<String, Grant> rows = rowsOfAllParts();
      SyncRun sealed = run.sealed(endedAt, MemoryTables.digest(rows));
      tables.release(run.id());
      tables.add(sealed, rows);
      committed = true;
      return sealed;
    }
  }

  @Override
  public void close() {
    synchronized (tables) {
      boolean givesUp = lifetime.end() && !committed;
      parts.clear();
      if (givesUp) {
        tables.release(run.id());
      }
    }
  }

  private void checkGoesOn() {
    lifetime.check();
    if (committed) {
      throw new IllegalStateException("bulk load is committed");
    }
  }

  private SortedMap<String, Grant> rowsOfAllParts() {
    SortedMap<String, Grant> rows = new TreeMap<>(RowOrder.IDS);
    for (MemoryBulkPart part : parts) {
      if (!part.isClosed()) {
        throw new IllegalStateException("a bulk part is still open");
      }
      if (part.isShared()) {
        throw new IllegalStateException("a bulk part failed; the load cannot be committed");
      }
      for (Grant grant : part.grants()) {
        rows.put(grant.id(), grant);
      }
    }
    return rows;
  }
}
