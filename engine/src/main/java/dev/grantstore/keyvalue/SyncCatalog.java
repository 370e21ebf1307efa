package dev.grantstore.keyvalue;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The syncs of a store as of one moment: their rows, the number of the last write, and the next
 * sync's number. Immutable; the store swaps in a new one with every write, which shares the rows
 * unless readers see another sync, or the same one in another state or with another resume token.
 *
 * <p>What an open sync holds changes with every write, and readers do not see it: its row says what
 * it held when the rows last changed. {@link SyncLedger} knows what it holds now.
 */
public final class SyncCatalog {
  private final PSortedMap<String, SyncRow> rows;
  private final long commit;
  private final int nextNumber;

  /** The row that was asked for last, which mostly is the next one too. Any thread's. */
  private @Nullable SyncRow asked;

  private SyncCatalog(PSortedMap<String, SyncRow> rows, long commit, int nextNumber) {
    this.rows = rows;
    this.commit = commit;
    this.nextNumber = nextNumber;
  }

  static SyncCatalog of(Map<String, SyncRow> rows, long commit, int nextNumber) {
    return new SyncCatalog(TreePMap.from(Ids.ORDER, rows), commit, nextNumber);
  }

  /** {@return the row of every sync by its id, also of one that is being loaded} */
  public SortedMap<String, SyncRow> rows() {
    return rows;
  }

  /** {@return the number of the last write} */
  public long commit() {
    return commit;
  }

  /** {@return the number that the next sync gets} */
  public int nextNumber() {
    return nextNumber;
  }

  /** {@return the syncs that readers may see, ordered by id} */
  public List<SyncRun> visible() {
    return rows.values().stream().flatMap(row -> row.visible().stream()).toList();
  }

  /**
   * {@return a sync that readers may see}
   *
   * @param syncId the sync
   */
  public Optional<SyncRun> find(String syncId) {
    return Optional.ofNullable(rows.get(Ids.checkSyncId(syncId))).flatMap(SyncRow::visible);
  }

  /**
   * {@return the row of a sync that readers may see}
   *
   * @param syncId the sync
   * @throws GrantStoreException with {@link dev.grantstore.Reason#SYNC_UNKNOWN}
   */
  public SyncRow require(String syncId) {
    SyncRow last = asked;
    if (last != null && last.run().id().equals(syncId)) {
      return last;
    }
    SyncRow row = rows.get(Ids.checkSyncId(syncId));
    if (row == null || row.loading()) {
      throw GrantStoreException.syncUnknown(syncId);
    }
    asked = row;
    return row;
  }

  /**
   * {@return whether a sync is still stored in the form that it had} If not, what was not found may
   * be there in the other.
   *
   * @param seen the row that it had
   * @throws GrantStoreException with {@link dev.grantstore.Reason#SYNC_UNKNOWN} if it is not there
   *     any more under that number
   */
  public boolean isStill(SyncRow seen) {
    SyncRow row = rows.get(seen.run().id());
    if (row == null || row.number() != seen.number() || row.loading()) {
      throw GrantStoreException.syncUnknown(seen.run().id());
    }
    return row.packed().isPresent() == seen.packed().isPresent();
  }

  /** {@return as this one, one write later, with the same syncs} */
  public SyncCatalog next() {
    return new SyncCatalog(rows, commit + 1, nextNumber);
  }

  /**
   * {@return as this one, one write later, with a sync's row put}
   *
   * @param row the row of a sync that is new, is sealed, or has another resume token
   */
  public SyncCatalog with(SyncRow row) {
    return new SyncCatalog(
        rows.plus(row.run().id(), row), commit + 1, Math.max(nextNumber, row.number() + 1));
  }

  /**
   * {@return as this one, one write later, without a sync}
   *
   * @param syncId the sync
   */
  public SyncCatalog without(String syncId) {
    return new SyncCatalog(rows.minus(syncId), commit + 1, nextNumber);
  }

  /**
   * {@return as this one, without a sync that readers are not to see; nothing is written}
   *
   * @param syncId the sync
   */
  public SyncCatalog hiding(String syncId) {
    return new SyncCatalog(rows.minus(syncId), commit, nextNumber);
  }

  /** As this one, with the next number taken; nothing is written yet. */
  SyncCatalog reserving() {
    return new SyncCatalog(rows, commit, nextNumber + 1);
  }

  /** {@return the value of {@link dev.grantstore.layout.MetaKeys#commit}} */
  public byte[] commitValue() {
    return ByteBuffer.allocate(Long.BYTES).putLong(commit).array();
  }

  /** {@return the value of {@link dev.grantstore.layout.MetaKeys#nextSync}} */
  public byte[] nextNumberValue() {
    return ByteBuffer.allocate(Integer.BYTES).putInt(nextNumber).array();
  }
}
