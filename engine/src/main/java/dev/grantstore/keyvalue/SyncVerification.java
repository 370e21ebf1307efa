package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.Excerpt;
import dev.grantstore.Grant;
import dev.grantstore.IdField;
import dev.grantstore.Ids;
import dev.grantstore.Verification.Kind;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import dev.grantstore.packed.PackedKeyspace;
import dev.grantstore.packed.PageReader;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads all rows or pages of one sync, and compares its indexes with its grants: by digests of
 * parts, and, where those differ, by the grants of these parts, as far as {@link HeldGrants} has
 * room for them. What is read again for that is neither counted nor judged again. One thread.
 */
final class SyncVerification {
  private static final int ROWS_BETWEEN_LOOKS = 1024;

  private final KeyValueDatabase database;
  private final View view;
  private final SyncRow row;
  private final String syncId;
  private final Findings findings;
  private final @Nullable IndexChanges changes;
  private final Runnable look;
  private long rows;
  private long looked;

  /**
   * Names what is read.
   *
   * @param view of one moment
   * @param row the sync's
   * @param look called now and then, may break off
   */
  SyncVerification(
      KeyValueDatabase database, View view, SyncRow row, Findings findings, Runnable look) {
    this(database, view, row, findings, null, look);
  }

  /**
   * Names what is read, and what is to be mended.
   *
   * @param row the sync's, which is rows
   * @param findings hears of what cannot be mended
   * @param changes hears of what can: rows of indexes that are wrong or missing
   */
  SyncVerification(
      KeyValueDatabase database,
      View view,
      SyncRow row,
      Findings findings,
      @Nullable IndexChanges changes,
      Runnable look) {
    this.database = database;
    this.view = view;
    this.row = row;
    this.syncId = row.run().id();
    this.findings = findings;
    this.changes = changes;
    this.look = look;
  }

  /** {@return how many grants it has} */
  long run() {
    GrantBuckets grants = new GrantBuckets();
    GrantBuckets needing = new GrantBuckets();
    boolean areWhole =
        read(
            Keyspace.GRANTS,
            grant -> {
              grants.add(grant);
              if (grant.needsExpansion()) {
                needing.add(grant);
              }
            });
    ContentDigest found = grants.digest();
    if (areWhole && !found.equals(row.content())) {
      wrong(Kind.NOT_AS_TOLD, Keyspace.GRANTS, "told=" + row.content() + " found=" + found);
    }
    long counted = row.needingExpansion();
    long expanding = needing.digest().count();
    if (areWhole && counted != SyncRow.UNKNOWN && counted != expanding) {
      wrong(
          Kind.MISCOUNTED, Keyspace.GRANTS, "needing expansion=" + expanding + " told=" + counted);
    }
    for (Keyspace index : Keyspace.OF_GRANTS) {
      if (index != Keyspace.GRANTS) {
        compare(index, index == Keyspace.NEEDS_EXPANSION ? needing : grants, areWhole);
      }
    }
    return found.count();
  }

  /** {@return how many rows were read; those that were read again count once} */
  long rows() {
    return rows;
  }

  /** Compares an index with the grants that it must have, if they are all known. */
  private void compare(Keyspace index, GrantBuckets expected, boolean areWhole) {
    GrantBuckets found = new GrantBuckets();
    IndexChanges mended = changes;
    boolean isWhole = read(index, found::add);
    boolean isSame = isWhole && found.digest().equals(expected.digest());
    if (!areWhole || isSame || (!isWhole && mended == null)) {
      return;
    }
    HeldGrants held = new HeldGrants();
    Consumer<Grant> hold =
        grant -> {
          boolean isExpected = index.includes(grant) && (mended == null || mended.isOf(grant));
          if (isExpected && !expected.isSame(grant, found)) {
            held.hold(grant);
          }
        };
    Consumer<Grant> judge =
        grant -> {
          if (!expected.isSame(grant, found)) {
            held.judge(grant).ifPresent(kind -> wrong(kind, index, Excerpt.of(grant.id())));
          }
        };
    boolean areHeld = readAgain(Keyspace.GRANTS, hold);
    if (mended != null) {
      read(index, new Mended(index, held, mended, grant -> !expected.isSame(grant, found)));
      held.missing(id -> mended.missing(index, id));
    } else if (areHeld && readAgain(index, judge)) {
      held.missing(id -> wrong(Kind.MISSING, index, Excerpt.of(id)));
    } else {
      return;
    }
    if (held.isPart()) {
      wrong(Kind.DIFFERENT, index, "more rows may be wrong than the grants held: " + held.size());
    }
  }

  /** Gives all rows of a keyspace that read; whether all do. */
  private boolean read(Keyspace keyspace, Consumer<Grant> each) {
    return read(keyspace, new InOrder(keyspace, each));
  }

  /** As before; what is found of order and places was told then. */
  private boolean readAgain(Keyspace keyspace, Consumer<Grant> each) {
    return read(keyspace, new Pass(each));
  }

  private boolean read(Keyspace keyspace, Pass pass) {
    return row.packed().isPresent() ? readPages(keyspace, pass) : readRows(keyspace, pass);
  }

  private boolean readRows(Keyspace keyspace, Pass each) {
    byte[] prefix = KeyPrefix.ofSync(row.number());
    RowBytes key = new RowBytes();
    RowBytes value = new RowBytes();
    key.point(prefix);
    RowReader reader = new RowReader(keyspace);
    boolean areWhole = true;
    try (Rows stored = view.rows(keyspace, prefix, prefix)) {
      while (stored.next(key, value)) {
        try {
          reader.read(key.array(), key.length(), value.array(), value.length());
          each.accept(reader.grant());
        } catch (MalformedBytesException e) {
          areWhole = false;
          each.malformed(keyspace, key, e);
        }
      }
      return areWhole;
    } catch (Exception e) {
      unreadable(keyspace, Failures.ofRead(database, keyspace, key.array(), key.length(), e));
      return false;
    }
  }

  private boolean readPages(Keyspace keyspace, Pass each) {
    PackedKeyspace pages;
    try {
      pages = view.packed(row).keyspace(keyspace);
    } catch (Exception e) {
      unreadable(keyspace, Failures.of(database, "pages cannot be read", e));
      return false;
    }
    boolean areWhole = true;
    PageReader reader = new PageReader();
    for (int number = 0; number < pages.pages(); number++) {
      try {
        reader.open(pages.page(number));
        for (int at = 0; at < reader.rows(); at++) {
          each.accept(reader.grant(at));
        }
        each.place(pages, number, reader.grant(0));
        each.place(pages, number, reader.grant(reader.rows() - 1));
      } catch (Exception e) {
        areWhole = false;
        unreadable(keyspace, Failures.of(database, "page cannot be read", e));
      }
    }
    each.end(pages);
    return areWhole;
  }

  private void unreadable(Keyspace keyspace, RuntimeException e) {
    findings.addUnreadable(syncId, keyspace.label(), e);
  }

  private void wrong(Kind kind, Keyspace keyspace, String where) {
    findings.add(kind, syncId, keyspace.label(), where);
  }

  private static String named(RowBytes key, MalformedBytesException e) {
    return Bytes.copyOf(key.array(), 0, key.length()) + " (" + e.getMessage() + ")";
  }

  /** Gives rows on. */
  private class Pass {
    private final Consumer<Grant> each;

    Pass(Consumer<Grant> each) {
      this.each = each;
    }

    void accept(Grant grant) {
      if ((++looked & ROWS_BETWEEN_LOOKS - 1) == 0) {
        look.run();
      }
      each.accept(grant);
    }

    /** Hears of a row that does not read. Those of an index that is mended are told then. */
    void malformed(Keyspace keyspace, RowBytes key, MalformedBytesException e) {
      if (changes == null || keyspace == Keyspace.GRANTS) {
        wrong(Kind.UNREADABLE, keyspace, named(key, e));
      }
    }

    /** Hears where a row at an end of a page is. */
    void place(PackedKeyspace pages, int number, Grant grant) {}

    /** Hears that all pages were read. */
    void end(PackedKeyspace pages) {}
  }

  /** The second pass over an index that is mended. */
  private final class Mended extends Pass {
    private final RowReader keys;
    private final HeldGrants held;
    private final IndexChanges into;

    /**
     * Names what is read.
     *
     * @param held what the index must have
     * @param mayDiffer of which grants that is held
     */
    Mended(Keyspace index, HeldGrants held, IndexChanges into, Predicate<Grant> mayDiffer) {
      super(
          grant -> {
            if (mayDiffer.test(grant) && (into.isOf(grant) || held.has(grant.id()))) {
              held.judge(grant).ifPresent(kind -> into.wrong(kind, index, grant));
            }
          });
      keys = new RowReader(index);
      this.held = held;
      this.into = into;
    }

    @Override
    void malformed(Keyspace index, RowBytes key, MalformedBytesException e) {
      try {
        keys.readKey(key.array(), key.length());
        String id = keys.id(IdField.GRANT_ID).toString();
        boolean isOf = index == Keyspace.NEEDS_EXPANSION ? into.isOfAny() : into.isOf(keys);
        if (isOf || held.has(id)) {
          into.malformed(index, key, named(key, e));
        }
      } catch (MalformedBytesException noKey) {
        if (into.isOfAny()) {
          into.malformed(index, key, named(key, e));
        }
      }
    }
  }

  /** The first pass: counts rows, and looks at their order and places. */
  private final class InOrder extends Pass {
    private final Keyspace keyspace;
    private final Comparator<Grant> order;
    private @Nullable Grant last;

    InOrder(Keyspace keyspace, Consumer<Grant> each) {
      super(each);
      this.keyspace = keyspace;
      order =
          keyspace.keyOrder().stream()
              .map(field -> Comparator.comparing(field::of, Ids.ORDER))
              .reduce(Comparator::thenComparing)
              .orElseThrow();
    }

    @Override
    void accept(Grant grant) {
      rows++;
      Grant before = last;
      if (before != null && order.compare(before, grant) >= 0) {
        wrong(
            Kind.OUT_OF_ORDER,
            keyspace,
            String.format(
                Locale.ROOT, "%s before %s", Excerpt.of(before.id()), Excerpt.of(grant.id())));
      }
      last = grant;
      super.accept(grant);
    }

    /** Looks whether the directory leads to the row. */
    @Override
    void place(PackedKeyspace pages, int number, Grant grant) {
      TupleWriter key = new TupleWriter();
      KeyPrefix.row(keyspace, row.number(), grant, key);
      if (pages.find(key.array(), key.length()) != number) {
        String id = Excerpt.of(grant.id());
        wrong(Kind.OUT_OF_ORDER, keyspace, "directory does not lead to " + id);
      }
    }

    /** Looks for pages beside them. */
    @Override
    void end(PackedKeyspace pages) {
      try {
        pages.gaps(
            (from, to) -> {
              Optional<Bytes> found = view.nextPage(from);
              if (found.isPresent() && found.get().compareTo(Bytes.copyOf(to)) < 0) {
                wrong(Kind.STRAY, keyspace, "pages beside the sync's, from " + found.get());
              }
            });
      } catch (Exception e) {
        unreadable(keyspace, Failures.of(database, "pages cannot be listed", e));
      }
    }
  }
}
