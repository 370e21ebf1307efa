package dev.grantstore.keyvalue;

import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.IdField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Deletes what has ended in an open sync, in the order of grant ids and several writes. It is found
 * beside other writes, and looked at again within the write that deletes it. One thread, used once.
 */
final class Expiry {
  static final String FAILED = "expiry failed";

  /** After so many rows it is looked whether to go on. */
  private static final int LOOK_ROWS = 1 << 12;

  private final String syncId;
  private final int sync;
  private final Instant asOf;
  private long deleted;

  /**
   * Creates one.
   *
   * @param syncId the sync
   * @param sync its number: another sync of that id is not meant
   * @param asOf when it must have ended
   */
  Expiry(String syncId, int sync, Instant asOf) {
    this.syncId = syncId;
    this.sync = sync;
    this.asOf = asOf;
  }

  /** {@return how many it deleted} */
  long run(
      GrantReader reader, Consumer<Consumer<KeyValueWrites>> writing, Runnable requireGoingOn) {
    List<String> ended = new ArrayList<>();
    try (GrantCursor cursor = reader.cursor(new GrantQuery.Scan(syncId))) {
      for (long rows = 0; cursor.next(); rows++) {
        if (rows % LOOK_ROWS == 0) {
          requireGoingOn.run();
        }
        if (cursor.hasExpiry() && cursor.grant().isExpired(asOf)) {
          ended.add(cursor.id(IdField.GRANT_ID).toString());
        }
        if (ended.size() == GrantStore.EXPIRY_BATCH_ROWS) {
          requireGoingOn.run();
          writing.accept(to -> delete(to, ended));
          ended.clear();
        }
      }
    }
    requireGoingOn.run();
    if (!ended.isEmpty()) {
      writing.accept(to -> delete(to, ended));
    }
    return deleted;
  }

  private void delete(KeyValueWrites to, List<String> ended) {
    YieldPoint.reached("ended found");
    long[] count = {0};
    to.change(
        FAILED,
        syncId,
        (rows, now) -> {
          if (now != sync) {
            throw GrantStoreException.syncUnknown(syncId);
          }
          GrantChanges.forEach(
              rows,
              sync,
              ended,
              id -> id,
              id -> count[0] += rows.deleteIfExpired(sync, id, asOf) ? 1 : 0);
        });
    deleted += count[0];
  }
}
