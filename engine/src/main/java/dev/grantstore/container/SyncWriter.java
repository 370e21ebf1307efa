package dev.grantstore.container;

import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.CorruptionException;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.GrantReader;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.PackedForm;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.Rows;
import dev.grantstore.keyvalue.SortedRows;
import dev.grantstore.keyvalue.StoredSyncs;
import dev.grantstore.keyvalue.View;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PageCopy;
import dev.grantstore.packed.PagesGoneException;
import dev.grantstore.packed.RowPacker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Puts one sealed sync into a container, from whatever store it is in: pages are copied; rows that
 * a store has sorted are packed as they come; of any other reader the grants are sorted anew. What
 * was not pages before is counted and digested, every list of it, and must be what the seal says;
 * pages that are copied are counted alone, and for {@link ContainerCheck} to read once they are in
 * the file. Of use once, by one thread.
 */
final class SyncWriter {
  /** As large as the pages of RocksDB are unless set otherwise. */
  private static final int PAGE_BYTES = 4 << 10;

  private final SyncRun run;
  private final ContainerWriter out;
  private final int number;
  private final DigestAccumulator expanding = new DigestAccumulator();
  private final long[] rows = new long[Keyspace.OF_GRANTS.size()];

  /**
   * Prepares it.
   *
   * @param run the sync, sealed
   * @param out takes its pages
   */
  SyncWriter(SyncRun run, ContainerWriter out) {
    this.run = run;
    this.out = out;
    number = out.nextNumber();
  }

  /**
   * Writes the sync.
   *
   * @param from where it is
   * @param scratch a folder for temporary files
   * @param options how rows are sorted
   * @return whether pages were copied, whose rows nobody has read
   */
  boolean write(GrantReader from, Path scratch, SaveOptions options) {
    out.beginSync();
    boolean copies = false;
    if (from instanceof StoredSyncs stored) {
      copies =
          stored.stored(
              run.id(),
              (row, view, requireOpen) -> {
                if (row.packed().isPresent()) {
                  copy(row, view, requireOpen);
                } else {
                  pack(row, view, requireOpen);
                }
                return row.packed().isPresent();
              });
    } else {
      sort(from, scratch, options);
    }
    SyncRow open = new SyncRow(number, run, digest(), false);
    PackedForm form = new PackedForm(out.parts(), false);
    out.endSync(open.packedAs(form, rows[Keyspace.OF_GRANTS.indexOf(Keyspace.NEEDS_EXPANSION)]));
    return copies;
  }

  private ContentDigest digest() {
    return run.digest().orElseThrow();
  }

  private void copy(SyncRow row, View view, Runnable requireOpen) throws Exception {
    rows[Keyspace.OF_GRANTS.indexOf(Keyspace.NEEDS_EXPANSION)] = row.needingExpansion();
    while (true) {
      PackedSync sync = view.packed(row);
      if (sync.source().retain()) {
        try {
          PageCopy.copy(
              row,
              sync.source(),
              number,
              (key, page) -> {
                requireOpen.run();
                out.put(key, page);
              });
          return;
        } catch (PagesGoneException e) {
          throw new IllegalStateException("pages went although they were retained", e);
        } finally {
          sync.source().release();
        }
      }
    }
  }

  private void pack(SyncRow row, View view, Runnable requireOpen) throws Exception {
    byte[] prefix = KeyPrefix.ofSync(row.number());
    RowBytes key = new RowBytes();
    RowBytes value = new RowBytes();
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      RowPacker<RuntimeException> packer = packer(keyspace);
      RowReader reader = new RowReader(keyspace);
      DigestAccumulator content = new DigestAccumulator();
      try (Rows stored = view.rows(keyspace, prefix, prefix)) {
        for (long count = 0; stored.next(key, value); count++) {
          if ((count & 0xff) == 0) {
            requireOpen.run();
          }
          try {
            packer.add(key.array(), key.length(), value.array(), value.length());
            reader.read(key.array(), key.length(), value.array(), value.length());
            add(keyspace, reader.grant(), content);
          } catch (MalformedBytesException e) {
            throw malformed(keyspace, Arrays.copyOf(key.array(), key.length()), e);
          }
        }
      }
      end(packer, keyspace, row.needingExpansion());
      boolean isPart = keyspace == Keyspace.NEEDS_EXPANSION;
      requireDigest(keyspace, content.digest(), isPart ? expanding.digest() : digest());
    }
  }

  private void sort(GrantReader from, Path scratch, SaveOptions options) {
    Sorted sorted = new Sorted();
    ContentDigest scanned =
        SortedRows.of(from, run, number, scratch, options.sorting(), sorted::take);
    sorted.finish();
    requireDigest(Keyspace.GRANTS, scanned, digest());
  }

  private RowPacker<RuntimeException> packer(Keyspace keyspace) {
    return new RowPacker<>(number, keyspace, 0, PAGE_BYTES, out);
  }

  private void add(Keyspace keyspace, Grant grant, DigestAccumulator content) {
    content.add(grant);
    if (keyspace == Keyspace.GRANTS && grant.needsExpansion()) {
      expanding.add(grant);
    }
  }

  private static CorruptionException malformed(
      Keyspace keyspace, byte[] key, MalformedBytesException e) {
    return new CorruptionException(
        keyspace.label(), Bytes.copyOf(key), "row does not decode: " + e.getMessage(), e);
  }

  private void end(RowPacker<RuntimeException> packer, Keyspace keyspace, long needingExpansion) {
    long packed = packer.finish();
    rows[Keyspace.OF_GRANTS.indexOf(keyspace)] = packed;
    long expected = keyspace == Keyspace.NEEDS_EXPANSION ? needingExpansion : digest().count();
    if (expected != SyncRow.UNKNOWN && packed != expected) {
      throw new CorruptionException(
          keyspace.label(),
          Bytes.copyOf(KeyPrefix.ofSync(number)),
          String.format(
              Locale.ROOT,
              "sync has other rows than its seal says: rows=%d expected=%d",
              packed,
              expected),
          null);
    }
  }

  private void requireDigest(Keyspace keyspace, ContentDigest found, ContentDigest expected) {
    if (!found.equals(expected)) {
      throw new CorruptionException(
          keyspace.label(),
          Bytes.copyOf(KeyPrefix.ofSync(number)),
          String.format(
              Locale.ROOT,
              "sync has other grants than its seal says: digest=%s sealed=%s",
              found,
              expected),
          null);
    }
  }

  /** Packs rows that come keyspace by keyspace, of which some may have none. */
  private final class Sorted {
    private final List<Keyspace> order = Keyspace.OF_GRANTS;
    private int at = -1;
    private Optional<RowPacker<RuntimeException>> packer = Optional.empty();

    void take(Keyspace keyspace, byte[] key, byte[] value) {
      goTo(order.indexOf(keyspace));
      try {
        packer.orElseThrow().add(key, key.length, value, value.length);
      } catch (MalformedBytesException e) {
        throw malformed(keyspace, key, e);
      }
    }

    void finish() {
      goTo(order.size());
    }

    private void goTo(int keyspace) {
      while (at < keyspace) {
        packer.ifPresent(done -> end(done, order.get(at), SyncRow.UNKNOWN));
        at++;
        packer = at < order.size() ? Optional.of(packer(order.get(at))) : Optional.empty();
      }
    }
  }
}
