package dev.grantstore.equivalence.concurrent;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.Closing;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.PageToken;
import dev.grantstore.equivalence.check.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store and what a program's lanes hold open of it. Thread-safe. */
final class Held {
  private final Map<Integer, GrantSnapshot> snapshots = new ConcurrentHashMap<>();
  private final Map<Integer, BulkLoad> loads = new ConcurrentHashMap<>();
  private final Map<List<Integer>, BulkPart> parts = new ConcurrentHashMap<>();
  private final Map<List<Integer>, GrantCursor> cursors = new ConcurrentHashMap<>();
  private final Map<List<Integer>, Token> tokens = new ConcurrentHashMap<>();
  private final boolean isReference;
  private final Runnable whenClosed;
  private volatile GrantStore store;
  private volatile boolean shut;
  private final Set<Integer> committing = ConcurrentHashMap.newKeySet();

  /** How often the sync of an id was dropped. */
  private final Map<String, Integer> drops = new ConcurrentHashMap<>();

  /** What expiries found, by their numbers; of the reference. */
  private final Map<Integer, Ended> ended = new ConcurrentHashMap<>();

  /** A page token and the list it belongs to. */
  record Token(GrantQuery query, PageToken after) {}

  /** The grants of a sync that have ended, and which of the syncs of its id that is. */
  private record Ended(int drops, List<String> grantIds) {}

  private Held(GrantStore store, boolean isReference, Runnable whenClosed) {
    this.store = store;
    this.isReference = isReference;
    this.whenClosed = whenClosed;
  }

  /** {@return what is held of the store on trial; who is told as soon as closing it returns} */
  static Held of(GrantStore store, Runnable whenClosed) {
    return new Held(store, false, whenClosed);
  }

  /** {@return what is held of a store that would forget everything if it were closed: it is not} */
  static Held ofReference(GrantStore store) {
    return new Held(store, true, () -> {});
  }

  GrantStore store() {
    if (shut && isReference) {
      throw new IllegalStateException("store is closed");
    }
    return store;
  }

  /** {@return the store itself, closed or not} */
  GrantStore current() {
    return store;
  }

  boolean isShut() {
    return shut;
  }

  void close() {
    if (!isReference) {
      store.close();
      whenClosed.run();
    }
    shut = true;
  }

  /** Opens a store again that was closed; of the reference only what is open in it ends. */
  void open(UnaryOperator<GrantStore> opening) {
    if (!isReference) {
      store = opening.apply(store);
    }
    shut = false;
  }

  /** {@return the calls, one for each snapshot and load, by which a closed store ends them} */
  List<Call.Action> endings() {
    List<Call.Action> endings = new ArrayList<>();
    for (int slot : snapshots.keySet()) {
      endings.add(held -> held.end(held.snapshots.get(slot)));
    }
    for (int number : loads.keySet()) {
      endings.add(held -> held.end(held.loads.get(number)));
    }
    return endings;
  }

  private Answer end(@Nullable AutoCloseable child) {
    if (!shut) {
      return Answer.SKIPPED;
    }
    if (child instanceof GrantSnapshot snapshot) {
      snapshot.close();
    } else if (child instanceof BulkLoad load) {
      load.close();
    }
    return Answer.OK;
  }

  /** {@return who answers; null for a snapshot that is not there} */
  @Nullable GrantReader reader(int via) {
    return via == 0 ? store() : snapshots.get(via);
  }

  void keep(int slot, GrantSnapshot snapshot) {
    GrantSnapshot before = snapshots.put(slot, snapshot);
    if (before != null) {
      before.close();
    }
  }

  @Nullable GrantSnapshot snapshot(int slot) {
    return snapshots.get(slot);
  }

  void keep(int number, BulkLoad load) {
    loads.put(number, load);
  }

  @Nullable BulkLoad load(int number) {
    return loads.get(number);
  }

  /** Says that a load takes no more parts: the first moment of a commit, its sync is the second. */
  void commits(int number) {
    committing.add(number);
  }

  /** {@return a load that takes parts; null if it is not there} */
  @Nullable BulkLoad loadThatFills(int number) {
    if (committing.contains(number)) {
      throw new IllegalStateException("load is being committed");
    }
    return loads.get(number);
  }

  void keep(int lane, int slot, BulkPart part) {
    parts.put(List.of(lane, slot), part);
  }

  @Nullable BulkPart part(int lane, int slot) {
    return parts.get(List.of(lane, slot));
  }

  void keep(int lane, int slot, GrantCursor cursor) {
    GrantCursor before = cursors.put(List.of(lane, slot), cursor);
    if (before != null) {
      before.close();
    }
  }

  @Nullable GrantCursor cursor(int lane, int slot) {
    return cursors.get(List.of(lane, slot));
  }

  void keep(int lane, int slot, Token token) {
    tokens.put(List.of(lane, slot), token);
  }

  @Nullable Token token(int lane, int slot) {
    return tokens.get(List.of(lane, slot));
  }

  void forgetToken(int lane, int slot) {
    tokens.remove(List.of(lane, slot));
  }

  void drop(String syncId) {
    store().drop(syncId);
    drops.merge(syncId, 1, Integer::sum);
  }

  /** Looks for what an expiry deletes: its first moment, if the reference is asked. */
  Answer lookForEnded(int number, String syncId, Instant asOf) {
    store().deleteAll(syncId, List.of());
    ended.put(number, new Ended(drops.getOrDefault(syncId, 0), endedIn(syncId, asOf)));
    return Answer.OK;
  }

  /**
   * Expires a sync. The reference deletes what was looked for and has ended still, if the sync is
   * the same; where nothing was, it looks now.
   */
  Answer expire(int number, String syncId, Instant asOf) {
    Ended found = ended.get(number);
    if (found == null) {
      return deleted(store().expire(syncId, asOf));
    }
    if (found.grantIds.isEmpty()) {
      return deleted(0);
    }
    if (found.drops != drops.getOrDefault(syncId, 0)) {
      throw GrantStoreException.syncUnknown(syncId);
    }
    store().deleteAll(syncId, List.of());
    List<String> still = endedIn(syncId, asOf);
    still.retainAll(found.grantIds);
    store().deleteAll(syncId, still);
    return deleted(still.size());
  }

  private List<String> endedIn(String syncId, Instant asOf) {
    List<String> ids = new ArrayList<>();
    try (GrantCursor rows = store().cursor(new GrantQuery.Scan(syncId))) {
      while (rows.next()) {
        Grant grant = rows.grant();
        if (grant.expiresAt().filter(end -> !end.isAfter(asOf)).isPresent()) {
          ids.add(grant.id());
        }
      }
    }
    return ids;
  }

  private static Answer deleted(long count) {
    return Answer.of("ok deleted=" + count);
  }

  /** Closes everything but the store. */
  void letGo() {
    List<AutoCloseable> all = new ArrayList<>(cursors.values());
    all.addAll(snapshots.values());
    all.addAll(loads.values());
    Closing.all(all, "something held did not close");
  }
}
