package dev.grantstore.container;

import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.CorruptionException;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Excerpt;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.PackedKeyspace;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PageCache;
import dev.grantstore.packed.PageReader;
import dev.grantstore.packed.PageSource;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads every row of a packed sync and compares it with what is said of it: each list has all
 * grants once, in order, and in the page where they are looked for; those that need expansion are
 * the ones that say so. One thread.
 */
final class ContainerCheck {
  private final SyncRow row;
  private final PackedSync sync;
  private final PageReader reader = new PageReader();
  private final TupleWriter key = new TupleWriter();
  private final DigestAccumulator expanding = new DigestAccumulator();
  private byte[] before = {};

  private ContainerCheck(SyncRow row, PageSource pages) {
    this.row = row;
    sync = new PackedSync(row, pages, new PageCache(0));
  }

  /**
   * Checks a sync.
   *
   * @param row what is said of it
   * @param pages where its pages are
   * @throws GrantStoreException with {@link Reason#CORRUPTION}, or if pages cannot be read
   */
  static void run(SyncRow row, PageSource pages) {
    ContainerCheck check = new ContainerCheck(row, pages);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      check.check(keyspace);
    }
  }

  private void check(Keyspace keyspace) {
    DigestAccumulator found = new DigestAccumulator();
    before = new byte[0];
    int page = -1;
    try {
      PackedKeyspace pages = sync.keyspace(keyspace);
      for (page = 0; page < pages.pages(); page++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new GrantStoreException(Reason.TIMEOUT, "check was interrupted");
        }
        reader.open(pages.page(page));
        checkPage(keyspace, pages, page, found);
      }
    } catch (GrantStoreException | IllegalStateException e) {
      throw e;
    } catch (RuntimeException e) {
      // Bytes that somebody made hashes for may lead a reader anywhere, but not out of its arrays.
      throw unreadable(keyspace, page, e);
    } catch (Exception e) {
      throw new IllegalStateException("pages cannot be read", e);
    }
    requireSame(keyspace, found.digest());
  }

  private void checkPage(
      Keyspace keyspace, PackedKeyspace pages, int page, DigestAccumulator found) {
    for (int at = 0; at < reader.rows(); at++) {
      reader.key(keyspace, row.number(), at, key);
      byte[] here = key.toByteArray();
      if (Arrays.compareUnsigned(before, here) >= 0) {
        throw damaged(keyspace, here, "rows are not in order");
      }
      boolean isEdge = at == 0 || at == reader.rows() - 1;
      if (isEdge && pages.find(here, here.length) != page) {
        throw damaged(keyspace, here, "row is not in the page where it is looked for");
      }
      Grant grant = reader.grant(at);
      found.add(grant);
      if (keyspace == Keyspace.GRANTS && grant.needsExpansion()) {
        expanding.add(grant);
      }
      before = here;
    }
  }

  private void requireSame(Keyspace keyspace, ContentDigest found) {
    ContentDigest expected =
        keyspace == Keyspace.NEEDS_EXPANSION ? expanding.digest() : row.content();
    if (!found.equals(expected) || expanding.digest().count() != row.needingExpansion()) {
      throw damaged(
          keyspace,
          KeyPrefix.ofSync(row.number()),
          String.format(
              Locale.ROOT,
              "list holds other grants than are said: digest=%s expected=%s expanding=%d of=%d",
              found,
              expected,
              expanding.digest().count(),
              row.needingExpansion()));
    }
  }

  private CorruptionException unreadable(Keyspace keyspace, int page, RuntimeException cause) {
    return new CorruptionException(
        keyspace.label(),
        Bytes.copyOf(KeyPrefix.ofSync(row.number())),
        String.format(
            Locale.ROOT,
            "%s cannot be read: sync=%s problem=%s",
            page < 0 ? "page directory" : "page " + page,
            Excerpt.of(row.run().id()),
            cause),
        cause);
  }

  private static CorruptionException damaged(Keyspace keyspace, byte[] key, String problem) {
    return new CorruptionException(keyspace.label(), Bytes.copyOf(key), problem, null);
  }
}
