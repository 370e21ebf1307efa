package dev.grantstore.equivalence.relation;

import dev.grantstore.IdField;
import dev.grantstore.Ids;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.TrapIds;
import dev.grantstore.equivalence.workload.Workload;
import java.util.List;

/**
 * R10: the same bytes before every id, of grants, entitlements, principals and syncs.
 *
 * <p>Ids are opaque, and all orders compare their bytes: equal ones stay equal, others keep their
 * order. So every answer is the same but for the prefix. Where it is not, an id is taken for more
 * than its bytes (an empty one for a wildcard, a first byte for an end), cut, or compared
 * otherwise.
 *
 * <p>There is none for a workload that speaks of a grant with the empty id, which is refused while
 * a prefixed one is not, nor where ids would become too long. Short ones stay as short as every
 * engine takes them: the workload may have been drawn for one that takes no others.
 */
final class PrefixedIds implements Relation {
  private static final List<String> PREFIXES =
      List.of(
          "x",
          "\u0000",
          "\u0001",
          "\u0000\u0001\u0002",
          "\u00e9",
          "\uffff",
          "\ud83d\udd25",
          "a:b/",
          "p".repeat(9),
          "q".repeat(130),
          "r".repeat(300));

  @Override
  public Oracle oracle() {
    return Oracle.R10;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    String prefix = PREFIXES.get(chance.once().nextInt(PREFIXES.size()));
    Workload varied =
        workload.withTables(
            workload.ids().stream().map(id -> prefix + id).toList(),
            workload.syncs().stream().map(id -> prefix + id).toList());
    boolean fits = fits(varied) && (areShort(varied.ids()) || !areShort(workload.ids()));
    if (!fits || speaksOfEmptyGrantId(workload)) {
      return Variation.none(oracle(), workload);
    }
    return Variation.oneToOne(oracle(), workload, varied, new Mapping.Prefixed(prefix));
  }

  private static boolean fits(Workload workload) {
    int longest = workload.ids().stream().mapToInt(Ids::utf8Length).max().orElse(0);
    int longestSync = workload.syncs().stream().mapToInt(Ids::utf8Length).max().orElse(0);
    return IdField.COUNT * longest <= Ids.MAX_GRANT_IDS_BYTES
        && longestSync <= Ids.MAX_SYNC_ID_BYTES;
  }

  private static boolean areShort(List<String> ids) {
    return TrapIds.shortOnes(ids).equals(ids);
  }

  private static boolean speaksOfEmptyGrantId(Workload workload) {
    return workload.ops().stream()
        .flatMap(op -> grantIds(op).stream())
        .anyMatch(id -> workload.ids().get(id).isEmpty());
  }

  /** {@return the ids that stand for grants; a bad call's is never used as it is, if empty} */
  private static List<Integer> grantIds(Op op) {
    if (op instanceof Op.Get get) {
      return List.of(get.id());
    }
    if (op instanceof Op.GetAll getAll) {
      return getAll.ids();
    }
    if (op instanceof Op.Delete delete) {
      return List.of(delete.id());
    }
    if (op instanceof Op.DeleteAll deleteAll) {
      return deleteAll.ids();
    }
    return Workload.rowsOf(op).stream().map(Row::id).toList();
  }
}
