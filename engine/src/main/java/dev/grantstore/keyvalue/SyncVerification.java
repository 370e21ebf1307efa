package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.CorruptionException;
import dev.grantstore.Excerpt;
import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.IdField;
import dev.grantstore.Ids;
import dev.grantstore.Reason;
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
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all rows or pages of one sync, and compares its indexes with its grants: by digests of
 * parts, and, where those differ, by the grants of these parts. One thread.
 */
final class SyncVerification {
  /** Of more grants that may be wrong, those beyond are not looked at one by one. */
  private static final int MOST_HELD = 100_000;

  private static final int ROWS_BETWEEN_LOOKS = 1024;

  private final KeyValueDatabase database;
  private final View view;
  private final SyncRow row;
  private final String syncId;
  private final Findings findings;
  private final Runnable look;
  private long rows;

  /**
   * Names what is read.
   *
   * @param view of one moment
   * @param row the sync's
   * @param look called now and then, may break off
   */
  SyncVerification(
      KeyValueDatabase database, View view, SyncRow row, Findings findings, Runnable look) {
    this.database = database;
    this.view = view;
    this.row = row;
    this.syncId = row.run().id();
    this.findings = findings;
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

  /** {@return how many rows were read} */
  long rows() {
    return rows;
  }

  /** Compares an index with the grants that it must have, if they are all known. */
  private void compare(Keyspace index, GrantBuckets expected, boolean areWhole) {
    GrantBuckets found = new GrantBuckets();
    boolean isWhole = read(index, found::add);
    if (!areWhole || !isWhole || found.digest().equals(expected.digest())) {
      return;
    }
    Map<String, Grant> held = new HashMap<>();
    Consumer<Grant> hold =
        grant -> {
          boolean isExpected = index.includes(grant);
          if (isExpected && held.size() < MOST_HELD && !expected.isSame(grant, found)) {
            held.put(grant.id(), grant);
          }
        };
    read(Keyspace.GRANTS, hold);
    boolean areAllHeld = held.size() < MOST_HELD;
    read(
        index,
        grant -> {
          if (!expected.isSame(grant, found)) {
            compare(index, grant, held, areAllHeld);
          }
        });
    if (areAllHeld) {
      held.values().forEach(grant -> wrong(Kind.MISSING, index, Excerpt.of(grant.id())));
    } else {
      wrong(Kind.DIFFERENT, index, "more than " + MOST_HELD + " rows may be wrong");
    }
  }

  private void compare(Keyspace index, Grant grant, Map<String, Grant> held, boolean areAllHeld) {
    Grant primary = held.remove(grant.id());
    if (primary == null) {
      if (areAllHeld) {
        wrong(Kind.ORPHAN, index, Excerpt.of(grant.id()));
      }
    } else if (!primary.equals(grant)) {
      wrong(Kind.DIFFERENT, index, Excerpt.of(grant.id()));
    }
  }

  /** Gives all rows of a keyspace that read; whether all do. */
  private boolean read(Keyspace keyspace, Consumer<Grant> each) {
    InOrder ordered = new InOrder(keyspace, each);
    return row.packed().isPresent() ? readPages(keyspace, ordered) : readRows(keyspace, ordered);
  }

  private boolean readRows(Keyspace keyspace, InOrder each) {
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
          wrong(
              Kind.UNREADABLE,
              keyspace,
              Bytes.copyOf(key.array(), 0, key.length()) + " (" + e.getMessage() + ")");
        }
      }
      return areWhole;
    } catch (Exception e) {
      unreadable(keyspace, Failures.ofRead(database, keyspace, key.array(), key.length(), e));
      return false;
    }
  }

  private boolean readPages(Keyspace keyspace, InOrder each) {
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
        requireFound(pages, keyspace, number, reader.grant(0));
        requireFound(pages, keyspace, number, reader.grant(reader.rows() - 1));
      } catch (Exception e) {
        areWhole = false;
        unreadable(keyspace, Failures.of(database, "page cannot be read", e));
      }
    }
    return areWhole;
  }

  /** Looks whether the directory leads to a row. */
  private void requireFound(PackedKeyspace pages, Keyspace keyspace, int number, Grant grant) {
    TupleWriter key = new TupleWriter();
    key.putUnsignedInt(row.number());
    keyspace.keyOrder().forEach(field -> key.putElement(id(field, grant)));
    if (pages.find(key.array(), key.length()) != number) {
      wrong(Kind.OUT_OF_ORDER, keyspace, "directory does not lead to " + Excerpt.of(grant.id()));
    }
  }

  private void unreadable(Keyspace keyspace, RuntimeException e) {
    boolean isDamage =
        e instanceof CorruptionException
            || (e instanceof GrantStoreException known && known.reason() == Reason.CORRUPTION);
    if (!isDamage) {
      throw e;
    }
    wrong(Kind.UNREADABLE, keyspace, String.valueOf(e.getMessage()));
  }

  private void wrong(Kind kind, Keyspace keyspace, String where) {
    findings.add(kind, syncId, keyspace.label(), where);
  }

  /** Counts rows, looks at their order, and gives them on. */
  private final class InOrder {
    private final Keyspace keyspace;
    private final Consumer<Grant> each;
    private final Comparator<Grant> order;
    private @Nullable Grant last;

    InOrder(Keyspace keyspace, Consumer<Grant> each) {
      this.keyspace = keyspace;
      this.each = each;
      order =
          keyspace.keyOrder().stream()
              .map(field -> Comparator.comparing((Grant grant) -> id(field, grant), Ids.ORDER))
              .reduce(Comparator::thenComparing)
              .orElseThrow();
    }

    void accept(Grant grant) {
      if ((++rows & ROWS_BETWEEN_LOOKS - 1) == 0) {
        look.run();
      }
      Grant before = last;
      if (before != null && order.compare(before, grant) >= 0) {
        wrong(
            Kind.OUT_OF_ORDER,
            keyspace,
            String.format(
                Locale.ROOT, "%s before %s", Excerpt.of(before.id()), Excerpt.of(grant.id())));
      }
      last = grant;
      each.accept(grant);
    }
  }

  private static String id(IdField field, Grant grant) {
    return switch (field) {
      case GRANT_ID -> grant.id();
      case ENTITLEMENT_TYPE -> grant.entitlement().resourceTypeId();
      case ENTITLEMENT_RESOURCE -> grant.entitlement().resourceId();
      case ENTITLEMENT_ID -> grant.entitlement().entitlementId();
      case PRINCIPAL_TYPE -> grant.principal().resourceTypeId();
      case PRINCIPAL_ID -> grant.principal().resourceId();
    };
  }
}
