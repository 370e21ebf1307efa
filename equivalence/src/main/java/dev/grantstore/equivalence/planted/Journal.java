package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.SyncRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was there before each write since the last flush. One thread. */
final class Journal {
  private final List<List<Write>> batches = new ArrayList<>();

  /** One grant before and after a write. */
  record Write(String syncId, String grantId, Optional<Grant> before, Optional<Grant> after) {}

  void add(List<Write> batch) {
    batches.add(batch);
  }

  /** Everything so far is safe. */
  void clear() {
    batches.clear();
  }

  /** Everything of a sync so far is safe, or gone for good. */
  void clear(String syncId) {
    batches.replaceAll(
        batch -> batch.stream().filter(write -> !write.syncId().equals(syncId)).toList());
    batches.removeIf(List::isEmpty);
  }

  /** {@return everything, the last first} */
  List<Write> backwards() {
    List<Write> writes = new ArrayList<>();
    batches.forEach(batch -> batch.forEach(write -> writes.add(0, write)));
    return writes;
  }

  /** Undoes the last batch. */
  void undoLast(GrantStore store) {
    if (!batches.isEmpty()) {
      batches.remove(batches.size() - 1).forEach(write -> undo(store, write));
    }
  }

  /** Undoes everything. */
  void undoAll(GrantStore store) {
    backwards().forEach(write -> undo(store, write));
    clear();
  }

  /** {@return the grants of a sync without what was written} */
  List<Grant> without(String syncId, List<Grant> rows) {
    Map<String, Optional<Grant>> before = new HashMap<>();
    for (Write write : backwards()) {
      if (write.syncId().equals(syncId)) {
        before.put(write.grantId(), write.before());
      }
    }
    List<Grant> old = new ArrayList<>();
    rows.stream().filter(row -> !before.containsKey(row.id())).forEach(old::add);
    before.values().forEach(row -> row.ifPresent(old::add));
    return old;
  }

  private static void undo(GrantStore store, Write write) {
    if (store.sync(write.syncId()).filter(s -> s.state() == SyncRun.State.OPEN).isPresent()) {
      write
          .before()
          .ifPresentOrElse(
              old -> store.put(write.syncId(), old),
              () -> store.delete(write.syncId(), write.grantId()));
    }
  }
}
