package dev.grantstore.equivalence.relation;

import dev.grantstore.Ids;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Payload;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a workload's syncs hold between two operations, worked out from the operations alone. One
 * thread.
 */
final class Contents {
  private final Workload workload;
  private final Map<Integer, Sync> syncs = new HashMap<>();
  private final Map<Integer, Load> loads = new HashMap<>();

  /** A sync that is there. */
  private static final class Sync {
    private final SortedMap<String, Row> rows = new TreeMap<>(Ids.ORDER);
    private boolean isSealed;
  }

  /** A load that is open, and what each of its parts was given. */
  private static final class Load {
    private final int sync;
    private final List<List<Row>> parts = new ArrayList<>();

    private Load(Op.OpenLoad open) {
      sync = open.sync();
      for (int i = 0; i < open.parts(); i++) {
        parts.add(new ArrayList<>());
      }
    }
  }

  Contents(Workload workload) {
    this.workload = workload;
  }

  /** {@return whether a sync may be started: it is not there, and not being loaded} */
  boolean isAbsent(int sync) {
    return !syncs.containsKey(sync) && !isLoading(sync);
  }

  /** {@return whether a load of the sync is open} */
  boolean isLoading(int sync) {
    return loads.values().stream().anyMatch(load -> load.sync == sync);
  }

  boolean isOpen(int sync) {
    Sync found = syncs.get(sync);
    return found != null && !found.isSealed;
  }

  boolean isSealed(int sync) {
    Sync found = syncs.get(sync);
    return found != null && found.isSealed;
  }

  /** {@return the syncs that can be written} */
  List<Integer> openSyncs() {
    return syncs.keySet().stream().filter(this::isOpen).sorted().toList();
  }

  /** {@return the rows of a sync that is there, by grant id} */
  SortedMap<String, Row> rows(int sync) {
    Sync found = syncs.get(sync);
    return found == null ? new TreeMap<>(Ids.ORDER) : new TreeMap<>(found.rows);
  }

  /** {@return whether each row makes a grant: if not, a write of them is refused} */
  boolean areGrants(List<Row> rows) {
    try {
      rows.forEach(workload::grant);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  void apply(Op op) {
    if (op instanceof Op.StartSync start) {
      if (isAbsent(start.sync())) {
        syncs.put(start.sync(), new Sync());
      }
    } else if (op instanceof Op.Seal seal) {
      if (syncs.containsKey(seal.sync())) {
        syncs.get(seal.sync()).isSealed = true;
      }
    } else if (op instanceof Op.Drop drop) {
      syncs.remove(drop.sync());
    } else if (op instanceof Op.Put put) {
      put(put.sync(), List.of(put.row()));
    } else if (op instanceof Op.PutAll putAll) {
      put(putAll.sync(), putAll.rows());
    } else if (op instanceof Op.Delete delete) {
      delete(delete.sync(), List.of(delete.id()));
    } else if (op instanceof Op.DeleteAll deleteAll) {
      delete(deleteAll.sync(), deleteAll.ids());
    } else if (op instanceof Op.BulkLoad load) {
      load(load);
    } else if (op instanceof Op.OfSyncs ofSyncs) {
      applyToSyncs(ofSyncs);
    } else {
      applyToLoads(op);
    }
  }

  private void applyToSyncs(Op.OfSyncs op) {
    if (op instanceof Op.Expire expire) {
      Sync found = syncs.get(expire.sync());
      if (found != null && !found.isSealed) {
        Instant asOf = Payload.instant(expire.asOf());
        found.rows.values().removeIf(row -> Payload.hasEnded(row.value(), asOf));
      }
    } else if (op instanceof Op.Ingest ingest) {
      if (isSealed(ingest.sync()) && isAbsent(ingest.as())) {
        loaded(ingest.as(), List.copyOf(rows(ingest.sync()).values()));
      }
    } else if (op instanceof Op.Merge merge) {
      if (merge.sources().stream().allMatch(this::isSealed) && isAbsent(merge.as())) {
        loaded(merge.as(), newest(merge));
      }
    }
  }

  /**
   * {@return the newest row of each id, of equally new ones the last, without those that are gone}
   */
  private List<Row> newest(Op.Merge merge) {
    Map<String, Row> newest = new HashMap<>();
    Set<String> gone = new HashSet<>();
    for (int i = 0; i < merge.sources().size(); i++) {
      boolean isGone = i + 1 == merge.deletions();
      for (Map.Entry<String, Row> said : rows(merge.sources().get(i)).entrySet()) {
        Row best = newest.get(said.getKey());
        Instant discoveredAt = Payload.discoveredAt(said.getValue().value());
        if (best == null || !Payload.discoveredAt(best.value()).isAfter(discoveredAt)) {
          newest.put(said.getKey(), said.getValue());
          gone.remove(said.getKey());
          if (isGone) {
            gone.add(said.getKey());
          }
        }
      }
    }
    newest.keySet().removeAll(gone);
    return List.copyOf(newest.values());
  }

  private void applyToLoads(Op op) {
    if (op instanceof Op.OpenLoad open) {
      loads.remove(open.load());
      if (isAbsent(open.sync())) {
        loads.put(open.load(), new Load(open));
      }
    } else if (op instanceof Op.FillLoad fill) {
      Load load = loads.get(fill.load());
      if (load != null && areGrants(fill.rows())) {
        load.parts.get(fill.part() % load.parts.size()).addAll(fill.rows());
      }
    } else if (op instanceof Op.CommitLoad commit) {
      Load load = loads.remove(commit.load());
      if (load != null) {
        loaded(load.sync, load.parts.stream().flatMap(List::stream).toList());
      }
    } else if (op instanceof Op.AbandonLoad abandon) {
      loads.remove(abandon.load());
    } else if (Handles.isRestart(op)) {
      loads.clear();
    }
  }

  /** {@return the rows of a load in the order in which they win, the last of all} */
  static List<Row> inOrderOfParts(Op.BulkLoad load) {
    List<Row> rows = new ArrayList<>();
    for (int part = 0; part < load.parts(); part++) {
      for (int i = part; i < load.rows().size(); i += load.parts()) {
        rows.add(load.rows().get(i));
      }
    }
    return rows;
  }

  private void put(int sync, List<Row> rows) {
    Sync found = syncs.get(sync);
    if (found != null && !found.isSealed && areGrants(rows)) {
      rows.forEach(row -> found.rows.put(workload.ids().get(row.id()), row));
    }
  }

  private void delete(int sync, List<Integer> ids) {
    Sync found = syncs.get(sync);
    if (found != null && !found.isSealed && areGrantIds(ids)) {
      ids.forEach(id -> found.rows.remove(workload.ids().get(id)));
    }
  }

  /** {@return whether no id is empty: if one is, a call with them is refused} */
  boolean areGrantIds(List<Integer> ids) {
    return ids.stream().noneMatch(id -> workload.ids().get(id).isEmpty());
  }

  private void load(Op.BulkLoad load) {
    if (isAbsent(load.sync()) && areGrants(load.rows())) {
      loaded(load.sync(), inOrderOfParts(load));
    }
  }

  private void loaded(int sync, List<Row> rows) {
    Sync loaded = new Sync();
    rows.forEach(row -> loaded.rows.put(workload.ids().get(row.id()), row));
    loaded.isSealed = true;
    syncs.put(sync, loaded);
  }
}
