package dev.grantstore.keyvalue;

import dev.grantstore.BulkPart;
import dev.grantstore.CanonicalForm;
import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowWriter;
import dev.grantstore.sort.RowBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Encodes grants into row buffers, one per keyspace, and hands the full ones on. One thread: a
 * second one at the same time is refused, and the load with it, since rows that two have mixed
 * would be there for good.
 */
final class SyncLoadPart implements BulkPart {
  /** Rows of a part are numbered in the lower bits, parts in the upper ones. */
  private static final int ROW_BITS = 40;

  /** The last part whose sequence numbers are not negative. */
  static final int MAX_ORDINAL = (1 << (Long.SIZE - 1 - ROW_BITS)) - 1;

  private final SyncLoad load;
  private final RunCollector collector;
  private final int sync;
  private final Map<Keyspace, RowBuffer> buffers = new EnumMap<>(Keyspace.class);
  private final CanonicalForm form = new CanonicalForm();
  private final DigestAccumulator digest = new DigestAccumulator();
  private final RowWriter rows;
  private final AtomicBoolean busy = new AtomicBoolean();
  private long sequence;
  private boolean whole = true;
  private boolean closed;
  private volatile boolean shared;

  /** {@return whether a row with that sequence number is of the part that was opened first} */
  static boolean isOfFirst(long sequence) {
    return sequence < 1L << ROW_BITS;
  }

  SyncLoadPart(SyncLoad load, RunCollector collector, int sync, int ordinal) {
    this(load, collector, sync, ordinal, 0);
  }

  /** A part as if it had been given so many rows already. */
  SyncLoadPart(SyncLoad load, RunCollector collector, int sync, int ordinal, long rows) {
    this.load = load;
    this.collector = collector;
    this.sync = sync;
    this.sequence = ((long) ordinal << ROW_BITS) + rows;
    this.rows = new RowWriter(load.valueForm());
  }

  @Override
  public void add(Grant grant) {
    Objects.requireNonNull(grant, "grant");
    acquire();
    try {
      addAlone(grant);
    } finally {
      busy.setRelease(false);
    }
  }

  @Override
  public void close() {
    acquire();
    try {
      closeAlone();
    } finally {
      busy.setRelease(false);
    }
  }

  private void acquire() {
    if (!busy.compareAndSet(false, true)) {
      shared = true;
      throw new IllegalStateException("part is used by two threads at once");
    }
  }

  private void addAlone(Grant grant) {
    if (closed) {
      throw new IllegalStateException("part is closed");
    }
    if (!whole || shared) {
      throw new IllegalStateException("part failed earlier");
    }
    load.requireFilling();
    YieldPoint.outside("part may grow");
    form.encode(grant);
    rows.grant(grant, form);
    load.checkKey(rows.longestKeyBytes());
    whole = false;
    append(Keyspace.GRANTS);
    append(Keyspace.BY_ENTITLEMENT);
    append(Keyspace.BY_PRINCIPAL);
    if (grant.needsExpansion()) {
      append(Keyspace.NEEDS_EXPANSION);
    }
    digest.add(form);
    sequence++;
    whole = true;
  }

  private void closeAlone() {
    if (!closed) {
      closed = true;
      YieldPoint.outside("part closed");
      boolean sorted = false;
      try {
        if (load.isFilling()) {
          buffers.forEach(collector::sort);
        }
        sorted = true;
        YieldPoint.outside("part given to sort");
      } finally {
        buffers.clear();
        load.partClosed(sorted ? digest.digest() : ContentDigest.EMPTY, sorted && whole && !shared);
      }
    }
  }

  private void append(Keyspace keyspace) {
    rows.row(keyspace, sync);
    RowBuffer buffer = buffers.computeIfAbsent(keyspace, k -> collector.borrow());
    if (!appendTo(buffer)) {
      collector.sort(keyspace, buffer);
      RowBuffer next = collector.borrow();
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
