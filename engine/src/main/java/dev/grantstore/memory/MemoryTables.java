package dev.grantstore.memory;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStoreException;
import dev.grantstore.SyncRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All syncs and their grants. Not thread-safe: who calls holds this object's monitor. */
final class MemoryTables {
  /**
   * A grant in a list.
   *
   * @param place where, as {@link RowOrder} has it
   * @param grant which
   */
  record Placed(List<String> place, Grant grant) {}

  private final SortedMap<String, SyncRun> runs = new TreeMap<>(RowOrder.IDS);
  private final Map<String, SortedMap<String, Grant>> grants = new HashMap<>();
  private final Set<String> loading = new HashSet<>();

  /** {@return a copy that later writes do not reach} */
  MemoryTables copy() {
    MemoryTables copy = new MemoryTables();
    for (SyncRun run : runs.values()) {
      copy.add(run, rows(run.id()));
    }
    return copy;
  }

  List<SyncRun> runs() {
    return List.copyOf(runs.values());
  }

  Optional<SyncRun> run(String syncId) {
    return Optional.ofNullable(runs.get(syncId));
  }

  /** {@return the grants of a sync by id, open to changes} */
  SortedMap<String, Grant> rows(String syncId) {
    SortedMap<String, Grant> rows = grants.get(syncId);
    if (rows == null) {
      throw GrantStoreException.syncUnknown(syncId);
    }
    return rows;
  }

  /** {@return the grants of a sync that may be written} */
  SortedMap<String, Grant> openRows(String syncId) {
    SortedMap<String, Grant> rows = rows(syncId);
    if (run(syncId).orElseThrow().state() == SyncRun.State.SEALED) {
      throw GrantStoreException.syncSealed(syncId);
    }
    return rows;
  }

  /** {@return what a query asks for, in its order: looked at one by one, then sorted} */
  List<Placed> list(GrantQuery query) {
    List<Placed> found = new ArrayList<>();
    for (Grant grant : rows(query.syncId()).values()) {
      for (List<String> place : RowOrder.places(query, grant)) {
        found.add(new Placed(place, grant));
      }
    }
    found.sort((a, b) -> RowOrder.comparePlaces(a.place(), b.place()));
    return found;
  }

  /** {@return what these grants add up to, counted from the first to the last} */
  static ContentDigest digest(SortedMap<String, Grant> rows) {
    DigestAccumulator sum = new DigestAccumulator();
    for (Grant grant : rows.values()) {
      sum.add(grant);
    }
    return sum.digest();
  }

  void add(SyncRun run, SortedMap<String, Grant> rows) {
    SortedMap<String, Grant> copy = new TreeMap<>(RowOrder.IDS);
    copy.putAll(rows);
    runs.put(run.id(), run);
    grants.put(run.id(), copy);
  }

  void replaceRun(SyncRun run) {
    runs.put(run.id(), run);
  }

  void remove(String syncId) {
    rows(syncId);
    runs.remove(syncId);
    grants.remove(syncId);
  }

  /** Refuses an id that a sync has, or one being loaded. */
  void checkFree(String syncId) {
    if (runs.containsKey(syncId) || loading.contains(syncId)) {
      throw GrantStoreException.syncExists(syncId);
    }
  }

  void reserve(String syncId) {
    checkFree(syncId);
    loading.add(syncId);
  }

  void release(String syncId) {
    loading.remove(syncId);
  }
}
