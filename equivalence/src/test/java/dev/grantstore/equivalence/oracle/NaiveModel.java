package dev.grantstore.equivalence.oracle;

import static java.util.Objects.requireNonNull;

import dev.grantstore.Grant;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Payload;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a workload leaves behind, by the sections "Writing" and "Bulk load" of rfc/0001. */
final class NaiveModel {
  private final Workload workload;
  private final Map<String, Sync> syncs = new TreeMap<>(NaiveContract::compare);
  private final Map<Integer, Load> loads = new HashMap<>();

  /** A sync that is there, its grants by id. */
  private static final class Sync {
    private final Map<String, Grant> grants = new HashMap<>();
    private boolean isSealed;

    /** The number of its resume token; 0 for none. */
    private int token;
  }

  /** A load that is open, with the grants of each part. */
  private record Load(String sync, List<List<Grant>> parts) {}

  private NaiveModel(Workload workload) {
    this.workload = workload;
  }

  static NaiveModel of(Workload workload) {
    NaiveModel model = new NaiveModel(workload);
    workload.ops().forEach(model::apply);
    return model;
  }

  Collection<String> syncs() {
    return syncs.keySet();
  }

  boolean isSealed(String sync) {
    return requireNonNull(syncs.get(sync)).isSealed;
  }

  /** {@return the number of its resume token; 0 without, and once it is sealed} */
  int token(String sync) {
    Sync of = requireNonNull(syncs.get(sync));
    return of.isSealed ? 0 : of.token;
  }

  Collection<Grant> grants(String sync) {
    return requireNonNull(syncs.get(sync)).grants.values();
  }

  private void apply(Op op) {
    if (op instanceof Op.StartSync start && isFree(sync(start.sync()))) {
      syncs.put(sync(start.sync()), new Sync());
    } else if (op instanceof Op.Seal seal) {
      writable(seal.sync()).ifPresent(sync -> sync.isSealed = true);
    } else if (op instanceof Op.Drop drop) {
      syncs.remove(sync(drop.sync()));
    } else if (op instanceof Op.Put put) {
      put(put.sync(), List.of(put.row()));
    } else if (op instanceof Op.PutAll put) {
      if (put(put.sync(), put.rows()) && put.resumeToken() > 0) {
        writable(put.sync()).ifPresent(sync -> sync.token = put.resumeToken());
      }
    } else if (op instanceof Op.Delete delete) {
      delete(delete.sync(), List.of(delete.id()));
    } else if (op instanceof Op.DeleteAll delete) {
      delete(delete.sync(), delete.ids());
    } else if (op instanceof Op.BulkLoad load) {
      load(load);
    } else if (op instanceof Op.OpenLoad open) {
      loads.remove(open.load());
      if (isFree(sync(open.sync()))) {
        loads.put(open.load(), emptyLoad(sync(open.sync()), open.parts()));
      }
    } else if (op instanceof Op.FillLoad fill) {
      Load load = loads.get(fill.load());
      if (load != null) {
        grants(fill.rows())
            .ifPresent(rows -> load.parts.get(fill.part() % load.parts.size()).addAll(rows));
      }
    } else if (op instanceof Op.CommitLoad commit && loads.containsKey(commit.load())) {
      commit(loads.remove(commit.load()));
    } else if (op instanceof Op.AbandonLoad abandon) {
      loads.remove(abandon.load());
    } else if (op instanceof Op.Expire expire) {
      writable(expire.sync())
          .ifPresent(
              sync ->
                  sync.grants
                      .values()
                      .retainAll(
                          NaiveContract.asOf(
                              sync.grants.values(), Payload.instant(expire.asOf()))));
    } else if (op instanceof Op.Ingest ingest) {
      sealed(ingest.sync()).ifPresent(from -> copy(ingest.as(), from.grants.values()));
    } else if (op instanceof Op.Merge merge) {
      merge(merge);
    } else if (op instanceof Op.Reopen || op instanceof Op.Crash || op instanceof Op.OpenReadOnly) {
      loads.clear();
    }
  }

  private boolean isFree(String sync) {
    return !syncs.containsKey(sync) && loads.values().stream().noneMatch(l -> l.sync.equals(sync));
  }

  /** {@return whether the rows may be put, into a sync that is open} */
  private boolean put(int sync, List<Row> rows) {
    Optional<List<Grant>> grants = grants(rows);
    if (grants.isPresent()) {
      writable(sync).ifPresent(s -> grants.get().forEach(g -> s.grants.put(g.id(), g)));
    }
    return grants.isPresent();
  }

  private void delete(int sync, List<Integer> ids) {
    List<String> gone = ids.stream().map(workload.ids()::get).toList();
    if (!gone.contains("")) {
      writable(sync).ifPresent(s -> s.grants.keySet().removeAll(gone));
    }
  }

  private void load(Op.BulkLoad op) {
    Optional<List<Grant>> rows = grants(op.rows());
    if (isFree(sync(op.sync())) && rows.isPresent()) {
      Load load = emptyLoad(sync(op.sync()), op.parts());
      for (int i = 0; i < rows.get().size(); i++) {
        load.parts.get(i % op.parts()).add(rows.get().get(i));
      }
      commit(load);
    }
  }

  /** "the part that was opened later wins; within a part, the one added later". */
  private void commit(Load load) {
    Sync sync = new Sync();
    load.parts.forEach(part -> part.forEach(g -> sync.grants.put(g.id(), g)));
    sync.isSealed = true;
    syncs.put(load.sync, sync);
  }

  private Optional<Sync> sealed(int sync) {
    return Optional.ofNullable(syncs.get(sync(sync))).filter(s -> s.isSealed);
  }

  private void copy(int as, Collection<Grant> grants) {
    if (isFree(sync(as))) {
      Load load = emptyLoad(sync(as), 1);
      load.parts.get(0).addAll(grants);
      commit(load);
    }
  }

  /** "of all grants with one id the newest"; of equally new ones the later source's. */
  private void merge(Op.Merge op) {
    if (op.sources().stream().anyMatch(source -> sealed(source).isEmpty())) {
      return;
    }
    Map<String, Grant> newest = new HashMap<>();
    Map<String, Integer> from = new HashMap<>();
    for (int i = 0; i < op.sources().size(); i++) {
      for (Grant g : sealed(op.sources().get(i)).orElseThrow().grants.values()) {
        Grant best = newest.get(g.id());
        if (best == null || best.discoveredAt().compareTo(g.discoveredAt()) <= 0) {
          newest.put(g.id(), g);
          from.put(g.id(), i + 1);
        }
      }
    }
    newest.keySet().removeIf(id -> from.getOrDefault(id, 0) == op.deletions());
    copy(op.as(), newest.values());
  }

  private static Load emptyLoad(String sync, int parts) {
    List<List<Grant>> lists = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      lists.add(new ArrayList<>());
    }
    return new Load(sync, lists);
  }

  private Optional<Sync> writable(int sync) {
    return Optional.ofNullable(syncs.get(sync(sync))).filter(s -> !s.isSealed);
  }

  /** {@return the grants of rows; empty if one breaks a limit, so that all are refused} */
  private Optional<List<Grant>> grants(List<Row> rows) {
    List<Grant> grants = new ArrayList<>();
    for (Row row : rows) {
      if (workload.ids().get(row.id()).isEmpty() || idBytes(row) > 32_000) {
        return Optional.empty();
      }
      grants.add(workload.grant(row));
    }
    return Optional.of(grants);
  }

  private long idBytes(Row row) {
    var e = row.entitlement();
    var p = row.principal();
    long bytes = 0;
    for (int id : List.of(row.id(), e.type(), e.resource(), e.id(), p.type(), p.id())) {
      bytes += NaiveContract.utf8(workload.ids().get(id)).length;
    }
    return bytes;
  }

  private String sync(int index) {
    return workload.syncs().get(index);
  }
}
