package dev.grantstore.keyvalue;

import dev.grantstore.Grant;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/** What writes do to the grants of a sync. */
final class GrantChanges {
  private GrantChanges() {}

  /** Puts grants with different ids. */
  static KeyValueWrites.Change puts(Collection<Grant> grants) {
    return (rows, sync) -> {
      for (Grant grant : grants) {
        rows.put(sync, grant);
      }
    };
  }

  /** Puts those of grants with different ids that are newer than what is there, and counts them. */
  static KeyValueWrites.Change newerPuts(Collection<Grant> grants, AtomicLong put) {
    return (rows, sync) -> {
      for (Grant grant : grants) {
        put.addAndGet(rows.putIfNewer(sync, grant) ? 1 : 0);
      }
    };
  }

  /** Deletes those that are there. */
  static KeyValueWrites.Change deletes(Collection<String> grantIds) {
    return (rows, sync) -> {
      for (String id : grantIds) {
        rows.deleteIfStored(sync, id);
      }
    };
  }
}
