package dev.grantstore.keyvalue;

import dev.grantstore.Grant;
import dev.grantstore.GrantView;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.PackedKeyspace;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PageReader;
import dev.grantstore.packed.PagesGoneException;
import dev.grantstore.packed.RowIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads of syncs that are stored as pages. If their pages are gone, the sync was dropped, which the
 * catalog says, or the view still has them.
 */
final class PackedReads {
  /**
   * Reads pages.
   *
   * @param <T> what is read
   */
  private interface PageRead<T> {
    T in(PackedKeyspace pages) throws Exception;
  }

  private final KeyValueDatabase database;
  private final View view;
  private final Supplier<SyncCatalog> catalog;
  private final Children children;

  PackedReads(
      KeyValueDatabase database, View view, Supplier<SyncCatalog> catalog, Children children) {
    this.database = database;
    this.view = view;
    this.catalog = catalog;
    this.children = children;
  }

  /** {@return the grant whose key the scratch holds} */
  Optional<Grant> grant(SyncRow row, ReadScratch mine) {
    return ofGrants(row, mine, pages -> grant(pages, mine));
  }

  /** {@return those of some ids, one for each, in their order} */
  List<Optional<Grant>> grants(SyncRow row, List<String> grantIds, ReadScratch mine) {
    return ofGrants(
        row,
        mine,
        pages -> {
          List<Optional<Grant>> answers = new ArrayList<>(grantIds.size());
          for (String grantId : grantIds) {
            KeyPrefix.grant(row.number(), grantId, mine.key);
            answers.add(grant(pages, mine));
          }
          return answers;
        });
  }

  /** {@return whether the grant is there whose key the scratch holds, copied then} */
  boolean copy(SyncRow row, ReadScratch mine, GrantView into) {
    return ofGrants(
        row,
        mine,
        pages -> {
          int found = find(pages, mine);
          if (found >= 0) {
            mine.reader.copy(found, into);
          }
          return found >= 0;
        });
  }

  /** {@return whether there is a grant of what the scratch's key starts with} */
  boolean holds(SyncRow row, ReadScratch mine) {
    return read(
        row,
        Keyspace.BY_PRINCIPAL,
        mine,
        pages -> {
          if (pages.pages() == 0) {
            return false;
          }
          PageReader reader = mine.reader;
          RowIds ids = mine.principalIds;
          ids.read(mine.key.array(), mine.key.length());
          int number = open(pages, mine);
          boolean holds = reader.find(ids) >= 0;
          if (!holds && number + 1 < pages.pages() && reader.compare(reader.rows() - 1, ids) < 0) {
            reader.open(pages.page(number + 1));
            holds = reader.find(ids) >= 0;
          }
          return holds;
        });
  }

  /** {@return a cursor before the first row of some ranges, which are its own from now on} */
  StoreCursor cursor(SyncRow row, KeyRanges ranges, ReadScratch mine) {
    return ofSync(
        row,
        ranges.keyspace(),
        sync -> {
          if (!sync.source().retain()) {
            throw new PagesGoneException();
          }
          boolean opened = false;
          try {
            PackedKeyspace pages = sync.keyspace(ranges.keyspace());
            opened = true;
            return new PackedCursor(database, pages, sync.source(), ranges, mine, children);
          } finally {
            if (!opened) {
              sync.source().release();
            }
          }
        });
  }

  private static Optional<Grant> grant(PackedKeyspace pages, ReadScratch mine) throws Exception {
    int found = find(pages, mine);
    return found < 0 ? Optional.empty() : Optional.of(mine.reader.grant(found));
  }

  /** The row with the scratch's key, of the page that its reader is on then; or -1. */
  private static int find(PackedKeyspace pages, ReadScratch mine) throws Exception {
    if (pages.pages() == 0) {
      return -1;
    }
    mine.grantIds.read(mine.key.array(), mine.key.length());
    open(pages, mine);
    return mine.reader.find(mine.grantIds);
  }

  /** Opens the page in which the scratch's key would be; its number. */
  private static int open(PackedKeyspace pages, ReadScratch mine) throws Exception {
    int number = pages.find(mine.key.array(), mine.key.length());
    YieldPoint.reached("page known");
    mine.reader.open(pages.page(number));
    return number;
  }

  private <T> T ofGrants(SyncRow row, ReadScratch mine, PageRead<T> read) {
    return read(row, Keyspace.GRANTS, mine, read);
  }

  private <T> T read(SyncRow row, Keyspace keyspace, ReadScratch mine, PageRead<T> read) {
    return ofSync(
        row,
        keyspace,
        sync -> {
          try {
            return read.in(sync.keyspace(keyspace));
          } finally {
            mine.reader.trim();
          }
        });
  }

  private interface SyncRead<T> {
    T in(PackedSync sync) throws Exception;
  }

  /** Answers from the pages of a sync; looks for them again if they are gone. */
  private <T> T ofSync(SyncRow row, Keyspace keyspace, SyncRead<T> read) {
    while (true) {
      try {
        PackedSync sync = view.packed(row);
        YieldPoint.reached("pages found");
        return read.in(sync);
      } catch (PagesGoneException e) {
        // Or else a snapshot still has them.
        catalog.get().isStill(row);
      } catch (Exception e) {
        byte[] near = KeyPrefix.ofSync(row.number());
        throw Failures.ofRead(database, keyspace, near, near.length, e);
      }
    }
  }
}
