package dev.grantstore.equivalence.workload;

import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import java.util.ArrayList;
import java.util.List;

/** The four workloads that stores of this kind were compared with before there was a generator. */
public final class NamedWorkloads {
  /** Grants put by {@link #standard}. */
  public static final int GRANTS = 200;

  /** Grants that {@link #standard} deletes again. */
  public static final int DELETES = 25;

  /** Entitlements in {@link #standard}, each held by as many. */
  public static final int ENTITLEMENTS = 5;

  /** Principals in {@link #standard}, each holding as much. */
  public static final int PRINCIPALS = 50;

  private static final List<String> SYNCS = List.of("sync");
  private static final List<String> FEW_IDS = List.of("app", "user", "e1", "e2", "p1", "p2", "g");
  private static final EntitlementIds E1 = new EntitlementIds(0, 0, 2);
  private static final EntitlementIds E2 = new EntitlementIds(0, 0, 3);
  private static final PrincipalIds P1 = new PrincipalIds(1, 4);
  private static final PrincipalIds P2 = new PrincipalIds(1, 5);

  private NamedWorkloads() {}

  /** {@return 200 distinct grants put, 25 of them deleted, and every list read} */
  public static Workload standard() {
    List<String> ids = new ArrayList<>(List.of("app", "user"));
    int entitlements = add(ids, "entitlement-", ENTITLEMENTS);
    int principals = add(ids, "principal-", PRINCIPALS);
    int grants = add(ids, "grant-", GRANTS);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < GRANTS; i++) {
      EntitlementIds e = new EntitlementIds(0, 0, entitlements + i % ENTITLEMENTS);
      PrincipalIds p = new PrincipalIds(1, principals + i % PRINCIPALS);
      rows.add(new Row(grants + i, e, p, i % Payload.COUNT));
    }
    List<Op> ops = new ArrayList<>();
    ops.add(new Op.StartSync(0));
    rows.subList(0, GRANTS / 2).forEach(row -> ops.add(new Op.Put(0, row)));
    ops.add(new Op.PutAll(0, rows.subList(GRANTS / 2, GRANTS)));
    for (int i = 0; i < DELETES; i++) {
      ops.add(new Op.Delete(0, grants + i * (GRANTS / DELETES)));
    }
    ops.add(new Op.Flush());
    ops.add(new Op.ListRows(0, 0, Ask.scan(), 0));
    ops.add(new Op.ListRows(0, 0, Ask.needingExpansion(), 10));
    ops.add(new Op.ListRows(0, 0, Ask.onResourceOf(rows.get(0).entitlement()), 7));
    for (int i = 0; i < PRINCIPALS; i++) {
      ops.add(new Op.ListRows(0, 0, Ask.of(rows.get(i).principal()), i % 3));
      ops.add(new Op.ListRows(0, 0, Ask.of(rows.get(i).entitlement()), i));
    }
    ops.add(new Op.Seal(0));
    return new Workload(0, ids, SYNCS, ops);
  }

  /** {@return a sync without grants, and every list read} */
  public static Workload empty() {
    List<Op> ops = new ArrayList<>();
    ops.add(new Op.StartSync(0));
    ops.addAll(lists(E1, P1));
    ops.add(new Op.Get(0, 0, 6));
    ops.add(new Op.Seal(0));
    return new Workload(0, FEW_IDS, SYNCS, ops);
  }

  /** {@return one grant put, and found in every list} */
  public static Workload single() {
    List<Op> ops = new ArrayList<>();
    ops.add(new Op.StartSync(0));
    ops.add(new Op.Put(0, new Row(6, E1, P1, Payload.COUNT - 1)));
    ops.addAll(lists(E1, P1));
    ops.add(new Op.Get(0, 0, 6));
    ops.add(new Op.Seal(0));
    return new Workload(0, FEW_IDS, SYNCS, ops);
  }

  /**
   * {@return a grant put and overwritten with another entitlement and another principal; then the
   * lists of the new ones, then those of the old}
   */
  public static Workload overwrite() {
    List<Op> ops = new ArrayList<>();
    ops.add(new Op.StartSync(0));
    ops.add(new Op.Put(0, new Row(6, E1, P1, 1)));
    ops.add(new Op.Put(0, new Row(6, E2, P2, 3)));
    ops.add(new Op.ListRows(0, 0, Ask.of(E2), 0));
    ops.add(new Op.ListRows(0, 0, Ask.of(P2), 0));
    ops.add(new Op.ListRows(0, 0, Ask.of(E1), 0));
    ops.add(new Op.ListRows(0, 0, Ask.of(P1), 0));
    return new Workload(0, FEW_IDS, SYNCS, ops);
  }

  private static List<Op> lists(EntitlementIds e, PrincipalIds p) {
    List<Op> lists = new ArrayList<>();
    for (Ask ask :
        List.of(Ask.scan(), Ask.of(e), Ask.onResourceOf(e), Ask.of(p), Ask.needingExpansion())) {
      lists.add(new Op.ListRows(0, 0, ask, 0));
      lists.add(new Op.ListRows(0, 0, ask, 1));
    }
    return lists;
  }

  private static int add(List<String> ids, String prefix, int count) {
    int first = ids.size();
    for (int i = 0; i < count; i++) {
      ids.add(prefix + i);
    }
    return first;
  }
}
