package dev.grantstore.keyvalue;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Excerpt;
import dev.grantstore.Grant;
import dev.grantstore.IdField;
import dev.grantstore.Verification.Finding;
import dev.grantstore.Verification.Kind;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be done to the indexes of a sync so that they have what its grants say, of all
 * entitlements or of one: rows that go, and grants whose rows are put. Held are keys and ids; the
 * grants are read again when the rows are put. One thread.
 */
final class IndexChanges {
  /** So many keys and ids, and so many bytes of keys, are held. */
  private static final int MOST = HeldGrants.MOST_GRANTS;

  private static final long MOST_KEY_BYTES = HeldGrants.MOST_ID_CHARS;

  private record Restored(Keyspace index, String grantId) {}

  /** A row that goes. */
  private static final class Gone {
    final Keyspace index;
    final byte[] key;

    Gone(Keyspace index, byte[] key) {
      this.index = index;
      this.key = key;
    }
  }

  private final String syncId;
  private final int number;
  private final Optional<EntitlementRef> only;
  private final Findings found = new Findings();
  private final List<Gone> gone = new ArrayList<>();
  private final Set<Restored> restored = new LinkedHashSet<>();
  private long keyBytes;
  private boolean areTooMany;

  /**
   * Starts with none.
   *
   * @param number the sync's
   * @param only the one entitlement whose rows are mended; those of all if there is none
   */
  IndexChanges(String syncId, int number, Optional<EntitlementRef> only) {
    this.syncId = syncId;
    this.number = number;
    this.only = only;
  }

  /** {@return whether rows of all entitlements are mended} */
  boolean isOfAny() {
    return only.isEmpty();
  }

  /** {@return whether the rows of a grant are mended} */
  boolean isOf(Grant grant) {
    return only.map(grant.entitlement()::equals).orElse(true);
  }

  /** {@return whether rows are mended whose key names an entitlement} */
  boolean isOf(RowReader key) {
    return only.map(
            entitlement ->
                is(key, IdField.ENTITLEMENT_TYPE, entitlement.resourceTypeId())
                    && is(key, IdField.ENTITLEMENT_RESOURCE, entitlement.resourceId())
                    && is(key, IdField.ENTITLEMENT_ID, entitlement.entitlementId()))
        .orElse(true);
  }

  private static boolean is(RowReader key, IdField field, String id) {
    return key.id(field).toString().equals(id);
  }

  /** Takes a row that reads and is not what the grants say. */
  void wrong(Kind kind, Keyspace index, Grant row) {
    TupleWriter key = new TupleWriter();
    KeyPrefix.row(index, number, row, key);
    tell(kind, index, Excerpt.of(row.id()));
    remove(index, key.toByteArray());
    // What is right under the id may be a row with this key.
    restore(index, row.id());
  }

  /** Takes a row that does not read; a grant that should have it is missing besides. */
  void malformed(Keyspace index, RowBytes key, String where) {
    tell(Kind.UNREADABLE, index, where);
    remove(index, key.toByteArray());
  }

  /** Takes a grant that has no row. */
  void missing(Keyspace index, String grantId) {
    tell(Kind.MISSING, index, Excerpt.of(grantId));
    restore(index, grantId);
  }

  private void tell(Kind kind, Keyspace index, String where) {
    found.add(kind, syncId, index.label(), where);
  }

  private void remove(Keyspace index, byte[] key) {
    if (gone.size() == MOST || keyBytes + key.length > MOST_KEY_BYTES) {
      areTooMany = true;
    } else {
      keyBytes += key.length;
      gone.add(new Gone(index, key));
    }
  }

  private void restore(Keyspace index, String grantId) {
    if (restored.size() == 2 * MOST) {
      areTooMany = true;
    } else {
      restored.add(new Restored(index, grantId));
    }
  }

  /** {@return whether there are more than are held} */
  boolean areTooMany() {
    return areTooMany;
  }

  /** {@return what is wrong with the rows that are mended; empty if nothing is to be done} */
  List<Finding> found() {
    return found.all();
  }

  /** Does all of it, within one write. */
  void into(RowWrites rows, int sync) throws Exception {
    for (Gone row : gone) {
      rows.batch().delete(row.index, row.key, row.key.length);
    }
    for (Restored row : restored) {
      rows.restore(row.index, sync, row.grantId);
    }
  }
}
