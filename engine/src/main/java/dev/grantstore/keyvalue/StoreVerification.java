package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.SyncRun;
import dev.grantstore.Verification;
import dev.grantstore.Verification.Kind;
import dev.grantstore.codec.PackedForm;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads everything that a store holds, as of one moment, and says what is wrong. One thread. */
final class StoreVerification {
  private static final byte[] NOTHING = {};

  private static final String PAGES = "pages";

  private final KeyValueDatabase database;
  private final View view;
  private final SyncCatalog catalog;
  private final KeptDigests digests;
  private final Runnable look;
  private final Findings findings = new Findings();

  /**
   * Names what is read.
   *
   * @param view of the catalog's moment
   * @param digests looked at if the database keeps files
   * @param look called now and then, may break off
   */
  StoreVerification(
      KeyValueDatabase database,
      View view,
      SyncCatalog catalog,
      KeptDigests digests,
      Runnable look) {
    this.database = database;
    this.view = view;
    this.catalog = catalog;
    this.digests = digests;
    this.look = look;
  }

  Verification run() {
    checkFiles();
    long syncs = 0;
    long grants = 0;
    long rows = 0;
    Map<Integer, SyncRow> numbers = new HashMap<>();
    for (SyncRow row : catalog.rows().values()) {
      numbers.put(row.number(), row);
      if (!row.loading()) {
        syncs++;
        Optional<SyncRow> stored = stored(row);
        if (stored.isPresent()) {
          SyncVerification sync =
              new SyncVerification(database, view, stored.get(), findings, look);
          grants += sync.run();
          rows += sync.rows();
        }
        checkDigests(row);
      }
    }
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      findStrayRows(keyspace, numbers);
    }
    findStrayPages(numbers);
    return new Verification(syncs, grants, rows, findings.all());
  }

  /**
   * The row of a sync as it is stored, compared with the catalog's: of a sealed sync the catalog's
   * stands in for one that is wrong; of an open one the catalog does not count along, so there is
   * none then.
   */
  private Optional<SyncRow> stored(SyncRow known) {
    boolean isSealed = known.run().state() == SyncRun.State.SEALED;
    if (isSealed && catalog.commit() == 0) {
      // Of a container: its catalog is what is stored.
      return Optional.of(known);
    }
    String syncId = known.run().id();
    byte[] key = MetaKeys.sync(syncId);
    RowBytes value = new RowBytes();
    CatalogRows rows = new CatalogRows();
    SyncRow row = null;
    try {
      if (view.get(Keyspace.META, key, key.length, value)) {
        rows.add(key, value.toByteArray());
        row = rows.rows().get(syncId);
      }
      if (row == null || !(isSealed ? row.equals(known) : isSame(row, known))) {
        String what = row == null ? "the sync's row is not there" : "the sync's row is another";
        findings.add(Kind.NOT_AS_TOLD, syncId, Keyspace.META.label(), what);
        row = null;
      }
    } catch (Exception e) {
      RuntimeException failure = Failures.ofRead(database, Keyspace.META, key, key.length, e);
      findings.addUnreadable(syncId, Keyspace.META.label(), failure);
    }
    return row == null && isSealed ? Optional.of(known) : Optional.ofNullable(row);
  }

  private static boolean isSame(SyncRow row, SyncRow known) {
    return row.number() == known.number() && row.run().equals(known.run()) && !row.loading();
  }

  private void checkDigests(SyncRow row) {
    if (database.keepsFiles() && row.run().state() == SyncRun.State.SEALED) {
      String syncId = row.run().id();
      digests
          .problem(row)
          .ifPresent(why -> findings.add(Kind.UNREADABLE, syncId, KeptDigests.LABEL, why));
    }
  }

  private void checkFiles() {
    try {
      database.checkFiles(look);
    } catch (Exception e) {
      // What was broken off has found nothing.
      look.run();
      findings.addUnreadable("", "files", Failures.of(database, "files cannot be checked", e));
    }
  }

  /** Looks for rows whose sync is not there, or is stored as pages. */
  private void findStrayRows(Keyspace keyspace, Map<Integer, SyncRow> numbers) {
    RowBytes key = new RowBytes();
    RowBytes value = new RowBytes();
    findStray(
        keyspace.label(),
        "rows",
        number -> mayHaveRows(numbers.get(number)),
        from -> {
          try (Rows rows = view.rows(keyspace, NOTHING, from)) {
            return rows.next(key, value)
                ? Optional.of(Bytes.copyOf(key.array(), 0, key.length()))
                : Optional.empty();
          } catch (Exception e) {
            throw Failures.ofRead(database, keyspace, from, from.length, e);
          }
        },
        numbers);
  }

  /**
   * Looks for pages whose sync is not there; one that is rows may have some, being packed. What one
   * that is pages has beyond its own was told when these were read.
   */
  private void findStrayPages(Map<Integer, SyncRow> numbers) {
    findStray(PAGES, "pages", numbers::containsKey, view::nextPage, numbers);
  }

  private interface NextKey {
    Optional<Bytes> from(byte[] key) throws Exception;
  }

  private void findStray(
      String where,
      String what,
      IntPredicate mayHave,
      NextKey next,
      Map<Integer, SyncRow> numbers) {
    byte[] from = NOTHING;
    while (true) {
      look.run();
      Optional<Bytes> found;
      try {
        found = next.from(from);
      } catch (Exception e) {
        findings.addUnreadable("", where, Failures.of(database, what + " cannot be listed", e));
        return;
      }
      if (found.isEmpty()) {
        return;
      }
      byte[] key = found.get().toByteArray();
      if (key.length < Integer.BYTES) {
        findings.add(Kind.STRAY, "", where, "a key without a sync");
        return;
      }
      int number = KeyPrefix.syncOf(key);
      if (!mayHave.test(number)) {
        SyncRow row = numbers.get(number);
        String syncId = row == null ? "" : row.run().id();
        findings.add(Kind.STRAY, syncId, where, what + " of sync number " + number);
      }
      if (number == -1) {
        return;
      }
      from = KeyPrefix.ofSync(number + 1);
    }
  }

  private static boolean mayHaveRows(@Nullable SyncRow row) {
    return row != null && row.packed().map(PackedForm::rowsRemain).orElse(true);
  }
}
