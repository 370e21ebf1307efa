package dev.grantstore.keyvalue;

import dev.grantstore.CorruptionException;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
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

/** Reads everything that a store holds, as of one moment, and says what is wrong. One thread. */
final class StoreVerification {
  private static final byte[] NOTHING = {};

  private final KeyValueDatabase database;
  private final View view;
  private final SyncCatalog catalog;
  private final Runnable look;
  private final Findings findings = new Findings();

  /**
   * Names what is read.
   *
   * @param view of the catalog's moment
   * @param look called now and then, may break off
   */
  StoreVerification(KeyValueDatabase database, View view, SyncCatalog catalog, Runnable look) {
    this.database = database;
    this.view = view;
    this.catalog = catalog;
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
        boolean isOpen = row.run().state() == SyncRun.State.OPEN;
        SyncRow now = isOpen ? stored(row.run().id()) : row;
        SyncVerification sync = new SyncVerification(database, view, now, findings, look);
        syncs++;
        grants += sync.run();
        rows += sync.rows();
      }
    }
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      findStray(keyspace, numbers);
    }
    return new Verification(syncs, grants, rows, findings.all());
  }

  /** The row of a sync as it is stored: of one that is open, the catalog does not count along. */
  private SyncRow stored(String syncId) {
    byte[] key = MetaKeys.sync(syncId);
    RowBytes value = new RowBytes();
    CatalogRows rows = new CatalogRows();
    try {
      if (view.get(Keyspace.META, key, key.length, value)) {
        rows.add(key, value.toByteArray());
      }
    } catch (Exception e) {
      throw Failures.ofRead(database, Keyspace.META, key, key.length, e);
    }
    return SyncCatalog.of(rows.rows(), 0, 0).require(syncId);
  }

  private void checkFiles() {
    try {
      database.checkFiles();
    } catch (Exception e) {
      RuntimeException known = Failures.of(database, "files cannot be checked", e);
      if (!isDamage(known)) {
        throw known;
      }
      findings.add(Kind.UNREADABLE, "", "files", String.valueOf(known.getMessage()));
    }
  }

  /** Looks for rows whose sync is not there, or is stored as pages. */
  private void findStray(Keyspace keyspace, Map<Integer, SyncRow> numbers) {
    RowBytes key = new RowBytes();
    RowBytes value = new RowBytes();
    byte[] from = NOTHING;
    while (true) {
      look.run();
      try (Rows rows = view.rows(keyspace, NOTHING, from)) {
        if (!rows.next(key, value)) {
          return;
        }
      } catch (Exception e) {
        RuntimeException known = Failures.ofRead(database, keyspace, from, from.length, e);
        if (!isDamage(known)) {
          throw known;
        }
        findings.add(Kind.UNREADABLE, "", keyspace.label(), String.valueOf(known.getMessage()));
        return;
      }
      if (key.length() < Integer.BYTES) {
        findings.add(Kind.STRAY, "", keyspace.label(), "a key without a sync");
        return;
      }
      int number = KeyPrefix.syncOf(key.toByteArray());
      SyncRow row = numbers.get(number);
      if (row == null || !mayHaveRows(row)) {
        String syncId = row == null ? "" : row.run().id();
        findings.add(Kind.STRAY, syncId, keyspace.label(), "rows of sync number " + number);
      }
      if (number == -1) {
        return;
      }
      from = KeyPrefix.ofSync(number + 1);
    }
  }

  private static boolean mayHaveRows(SyncRow row) {
    return row.packed().map(PackedForm::rowsRemain).orElse(true);
  }

  private static boolean isDamage(RuntimeException e) {
    return e instanceof CorruptionException
        || (e instanceof GrantStoreException known && known.reason() == Reason.CORRUPTION);
  }
}
