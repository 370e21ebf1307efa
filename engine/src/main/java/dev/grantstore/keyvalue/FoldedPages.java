package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.codec.PackedForm;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PageFold;
import dev.grantstore.packed.PageSupply;
import dev.grantstore.packed.RowPacker;
import dev.grantstore.sort.MergeCursor;
import dev.grantstore.sort.RowCursor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The pages of a sync into which the sorted changes of a {@link FoldLoad} are merged, keyspace by
 * keyspace. One thread.
 */
final class FoldedPages implements PageSupply {
  /** One part of each keyspace. */
  static final PackedForm FORM = new PackedForm(List.of(1, 1, 1, 1), false);

  private final SortedSync changes;
  private final SyncRow as;
  private final PackedSync base;
  private final int pageBytes;
  private final Runnable requireOpen;

  /**
   * Prepares them.
   *
   * @param changes what goes, as the part opened first, and what comes
   * @param as says how many rows come of it
   * @param base into whose pages they are merged
   * @param requireOpen throws once no more is to be done
   */
  FoldedPages(
      SortedSync changes, SyncRow as, PackedSync base, int pageBytes, Runnable requireOpen) {
    this.changes = changes;
    this.as = as;
    this.base = base;
    this.pageBytes = pageBytes;
    this.requireOpen = requireOpen;
  }

  @Override
  public void writeTo(int number, RowPacker.Sink<? extends Exception> sink) throws Exception {
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      RowPacker<Exception> packer =
          new RowPacker<>(
              number,
              keyspace,
              0,
              pageBytes,
              (key, page) -> {
                requireGoingOn();
                sink.put(key, page);
              });
      new PageFold(keyspace, base.keyspace(keyspace), changes(keyspace), packer).run();
      requireCount(number, keyspace, packer.finish());
      changes.runs().release(keyspace);
    }
  }

  private void requireGoingOn() {
    requireOpen.run();
    if (Thread.currentThread().isInterrupted()) {
      throw new GrantStoreException(Reason.TIMEOUT, "load was interrupted");
    }
  }

  private PageFold.Changes changes(Keyspace keyspace) {
    return new SortedChanges(MergeCursor.over(changes.runs().runs(keyspace), null, null));
  }

  private void requireCount(int number, Keyspace keyspace, long rows) {
    long expected =
        keyspace == Keyspace.NEEDS_EXPANSION ? as.needingExpansion() : as.content().count();
    if (rows != expected) {
      throw new CorruptionException(
          keyspace.label(),
          Bytes.copyOf(KeyPrefix.ofSync(number)),
          String.format(Locale.ROOT, "fold has other rows: rows=%d expected=%d", rows, expected),
          null);
    }
  }

  private record SortedChanges(RowCursor rows) implements PageFold.Changes {
    @Override
    public boolean next() throws IOException {
      return rows.next();
    }

    @Override
    public boolean goes() {
      return SyncLoadPart.isOfFirst(rows.sequence());
    }

    @Override
    public byte[] key() {
      return Arrays.copyOfRange(
          rows.keyArray(), rows.keyOffset(), rows.keyOffset() + rows.keyLength());
    }

    @Override
    public byte[] value() {
      return Arrays.copyOfRange(
          rows.valueArray(), rows.valueOffset(), rows.valueOffset() + rows.valueLength());
    }
  }
}
