package dev.grantstore.equivalence.workload;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.Ids;
import dev.grantstore.PrincipalRef;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Operations to be done to an empty store, one after the other, and the ids they speak of.
 * Immutable. Every subsequence of the operations is a workload over the same tables.
 *
 * @param seed what it was generated from; 0 if by hand
 * @param ids the ids of grants, entitlements and principals
 * @param syncs the ids of syncs, each once
 * @param settings what stores are opened with; the first for the beginning
 * @param ops what is done
 */
public record Workload(
    long seed, List<String> ids, List<String> syncs, List<Settings> settings, List<Op> ops) {
  /** Copies the lists, and checks ids and indexes. */
  public Workload {
    ids = List.copyOf(ids);
    syncs = List.copyOf(syncs);
    settings = List.copyOf(settings);
    ops = List.copyOf(ops);
    if (settings.isEmpty()) {
      throw new IllegalArgumentException("there are no settings to begin with");
    }
    ids.forEach(id -> Ids.check("id", id));
    syncs.forEach(Ids::checkSyncId);
    Renumbering check = new Renumbering(new Bounds(ids.size(), syncs.size(), settings.size()));
    ops.forEach(op -> op.accept(check));
  }

  /**
   * Makes a workload of default settings.
   *
   * @param seed as for the canonical constructor
   * @param ids as there
   * @param syncs as there
   * @param ops as there
   */
  public Workload(long seed, List<String> ids, List<String> syncs, List<Op> ops) {
    this(seed, ids, syncs, List.of(Settings.DEFAULTS), ops);
  }

  /**
   * {@return this with other operations}
   *
   * @param other the operations
   */
  public Workload withOps(List<Op> other) {
    return new Workload(seed, ids, syncs, settings, other);
  }

  /**
   * {@return this with other ids}
   *
   * @param newIds as many
   * @param newSyncs as many
   */
  public Workload withTables(List<String> newIds, List<String> newSyncs) {
    return new Workload(seed, newIds, newSyncs, settings, ops);
  }

  /**
   * {@return this with other settings}
   *
   * @param other as many, or more
   */
  public Workload withSettings(List<Settings> other) {
    return new Workload(seed, ids, syncs, other, ops);
  }

  /**
   * {@return this without the operations of a range}
   *
   * @param from the first that goes, from 0
   * @param to the first behind it that stays
   */
  public Workload without(int from, int to) {
    List<Op> left = new ArrayList<>(ops.subList(0, from));
    left.addAll(ops.subList(to, ops.size()));
    return withOps(left);
  }

  /**
   * {@return this with one operation changed}
   *
   * @param index which, from 0
   * @param op what stands there then
   */
  public Workload with(int index, Op op) {
    List<Op> changed = new ArrayList<>(ops);
    changed.set(index, op);
    return withOps(changed);
  }

  /**
   * {@return this over other tables}
   *
   * @param newIds the ids
   * @param newSyncs the syncs
   * @param newSettings the settings
   * @param map where each index goes
   */
  public Workload renumbered(
      List<String> newIds, List<String> newSyncs, List<Settings> newSettings, IndexMap map) {
    Renumbering copy = new Renumbering(map);
    List<Op> copies = ops.stream().map(op -> op.accept(copy)).toList();
    return new Workload(seed, newIds, newSyncs, newSettings, copies);
  }

  /**
   * {@return the grant of a row}
   *
   * @param row names it
   * @throws IllegalArgumentException if no such grant can be
   */
  public Grant grant(Row row) {
    return Payload.grant(
        ids.get(row.id()), entitlement(row.entitlement()), principal(row.principal()), row.value());
  }

  /**
   * {@return the entitlement}
   *
   * @param e names it
   */
  public EntitlementRef entitlement(EntitlementIds e) {
    return new EntitlementRef(ids.get(e.type()), ids.get(e.resource()), ids.get(e.id()));
  }

  /**
   * {@return the principal}
   *
   * @param p names it
   */
  public PrincipalRef principal(PrincipalIds p) {
    return new PrincipalRef(ids.get(p.type()), ids.get(p.id()));
  }

  /**
   * {@return the query}
   *
   * @param sync which sync is asked
   * @param ask what for
   */
  public GrantQuery query(int sync, Ask ask) {
    String syncId = syncs.get(sync);
    List<String> named = ask.ids().stream().map(ids::get).toList();
    return switch (ask.kind()) {
      case SCAN -> new GrantQuery.Scan(syncId);
      case SCAN_BY_ENTITLEMENT -> new GrantQuery.ScanByEntitlement(syncId);
      case BY_ENTITLEMENT ->
          new GrantQuery.ByEntitlement(
              syncId, new EntitlementRef(named.get(0), named.get(1), named.get(2)));
      case BY_ENTITLEMENTS ->
          new GrantQuery.ByEntitlements(
              syncId,
              ask.each().stream()
                  .map(e -> entitlement(new EntitlementIds(e.get(0), e.get(1), e.get(2))))
                  .toList());
      case BY_ENTITLEMENT_RESOURCE ->
          new GrantQuery.ByEntitlementResource(syncId, named.get(0), named.get(1));
      case BY_PRINCIPAL ->
          new GrantQuery.ByPrincipal(syncId, new PrincipalRef(named.get(0), named.get(1)));
      case NEEDING_EXPANSION -> new GrantQuery.NeedingExpansion(syncId);
    };
  }

  /** {@return every row that any operation writes, in order} */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Op op : ops) {
      rows.addAll(rowsOf(op));
    }
    return rows;
  }

  /**
   * {@return the rows that an operation writes; none for most}
   *
   * @param op any operation
   */
  public static List<Row> rowsOf(Op op) {
    if (op instanceof Op.Put put) {
      return List.of(put.row());
    }
    if (op instanceof Op.PutAll putAll) {
      return putAll.rows();
    }
    if (op instanceof Op.BulkLoad load) {
      return load.rows();
    }
    if (op instanceof Op.FillLoad fill) {
      return fill.rows();
    }
    return op instanceof Op.AbandonedLoad load ? load.rows() : List.of();
  }

  private record Bounds(int ids, int syncs, int settings) implements IndexMap {
    @Override
    public int id(int index) {
      return check("id", index, ids);
    }

    @Override
    public int sync(int index) {
      return check("sync", index, syncs);
    }

    @Override
    public int settings(int index) {
      return check("settings", index, settings);
    }

    private static int check(String what, int index, int size) {
      if (index < 0 || index >= size) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s is not in the workload's table: index=%d size=%d",
                what,
                index,
                size));
      }
      return index;
    }
  }
}
