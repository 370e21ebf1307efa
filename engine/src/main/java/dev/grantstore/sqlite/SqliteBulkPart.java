package dev.grantstore.sqlite;

import dev.grantstore.BulkPart;
import dev.grantstore.CanonicalForm;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowWriter;
import dev.grantstore.sort.RowBuffer;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Encodes grants into row buffers, one per keyspace, and sorts the full ones. One thread. */
final class SqliteBulkPart implements BulkPart {
  /** Rows of a part are numbered in the lower bits, parts in the upper ones. */
  private static final int ROW_BITS = 40;

  private final SqliteBulkLoad load;
  private final BulkRuns runs;
  private final int sync;
  private final Map<Keyspace, RowBuffer> buffers = new EnumMap<>(Keyspace.class);
  private final CanonicalForm form = new CanonicalForm();
  private final DigestAccumulator digest = new DigestAccumulator();
  private final RowWriter rows = new RowWriter();
  private long sequence;
  private boolean whole = true;
  private boolean closed;

  SqliteBulkPart(SqliteBulkLoad load, BulkRuns runs, int sync, int ordinal) {
    this.load = load;
    this.runs = runs;
    this.sync = sync;
    this.sequence = (long) ordinal << ROW_BITS;
  }

  @Override
  public void add(Grant grant) {
    Objects.requireNonNull(grant, "grant");
    if (closed) {
      throw new IllegalStateException("part is closed");
    }
    if (!whole) {
      throw new IllegalStateException("part failed earlier");
    }
    load.requireFilling();
    form.encode(grant);
    rows.grant(grant, form);
    whole = false;
    try {
      for (Keyspace keyspace : Keyspace.values()) {
        if (keyspace != Keyspace.NEEDS_EXPANSION || grant.needsExpansion()) {
          append(keyspace);
        }
      }
    } catch (IOException e) {
      throw SqliteErrors.wrap("load failed", e);
    }
    digest.add(form);
    sequence++;
    whole = true;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean sorted = false;
    try {
      for (Map.Entry<Keyspace, RowBuffer> entry : buffers.entrySet()) {
        runs.sort(entry.getKey(), entry.getValue());
      }
      sorted = true;
    } catch (IOException e) {
      throw SqliteErrors.wrap("load failed", e);
    } finally {
      buffers.clear();
      load.partClosed(sorted ? digest.digest() : ContentDigest.EMPTY, sorted && whole);
    }
  }

  private void append(Keyspace keyspace) throws IOException {
    rows.row(keyspace, sync);
    RowBuffer buffer = buffers.computeIfAbsent(keyspace, any -> runs.borrow());
    if (!appendTo(buffer)) {
      runs.sort(keyspace, buffer);
      RowBuffer next = runs.borrow();
      buffers.put(keyspace, next);
      appendTo(next);
    }
  }

  private boolean appendTo(RowBuffer buffer) {
    return buffer.append(
        rows.key().array(),
        0,
        rows.key().length(),
        rows.value().array(),
        0,
        rows.value().length(),
        sequence);
  }
}
