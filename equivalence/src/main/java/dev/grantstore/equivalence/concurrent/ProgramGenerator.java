package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Draws programs over a tiny universe, so that lanes meet: two syncs, two grants, two entitlements,
 * two principals. Immutable.
 *
 * @param fewestLanes at least 2
 * @param mostLanes at most 4
 * @param without kinds of operations that are left out
 */
public record ProgramGenerator(int fewestLanes, int mostLanes, Set<String> without) {
  /** The kinds of operations that programs have. */
  static final List<String> KINDS =
      List.of(
          "startSync seal drop put putAll delete deleteAll bulkLoad abandonedLoad listSyncs get"
              .concat(" getAll holds listRows openSnapshot releaseSnapshot openCursor nextRows")
              .concat(" flush reopen expire")
              .split(" "));

  /** The most operations of one lane. */
  private static final int MOST_OPS = 4;

  /** With more lanes each has fewer: a history stays short enough to be judged, and read. */
  private static final int MOST_OPS_OF_MANY = 2;

  private static final List<String> IDS = List.of("g", "gg", "e", "ee", "p", "pp", "t");
  private static final List<String> SYNCS = List.of("s", "ss");
  private static final int ENTITLEMENT = 2;
  private static final int PRINCIPAL = 4;
  private static final int TYPE = 6;

  /** Payloads of a few bytes, one with every list that a grant has. */
  private static final int PAYLOADS = 16;

  /** More ids than an engine asks for at a time. */
  private static final int MANY = 998;

  /** So many programs in a row have the same settings: opening costs as much as many runs. */
  private static final int BLOCK = 64;

  /** Of so many blocks one promises nothing before a flush, and costs ten times as much. */
  private static final int BLOCKS = 16;

  private static final Settings BULK = Settings.of(Map.of(Settings.DURABILITY, "BULK"));

  /** Checks the numbers, and copies the set. */
  public ProgramGenerator {
    if (fewestLanes < 2 || mostLanes > 4 || fewestLanes > mostLanes) {
      throw new IllegalArgumentException(
          "lanes must be 2 to 4: " + fewestLanes + " to " + mostLanes);
    }
    without = Set.copyOf(without);
  }

  /**
   * {@return the program of a seed}
   *
   * @param seed decides everything
   */
  public Program generate(long seed) {
    return Endings.mixInto(new Draft(seed).program(), seed, without);
  }

  /** One thread, used once. */
  private final class Draft {
    private final long seed;
    private final Random random;
    private boolean closes;
    private int snapshots;
    private int cursors;

    Draft(long seed) {
      this.seed = seed;
      random = new Random(seed * 0x9E3779B97F4A7C15L);
      random.nextLong();
    }

    Program program() {
      int lanes = fewestLanes + random.nextInt(mostLanes - fewestLanes + 1);
      closes = !without.contains("reopen") && oneIn(16);
      List<List<Op>> all = new ArrayList<>();
      List<Op> setup = setup();
      for (int lane = 0; lane < lanes; lane++) {
        all.add(lane(1 + random.nextInt(lanes == 2 ? MOST_OPS : MOST_OPS_OF_MANY)));
      }
      if (closes) {
        List<Op> last = all.get(lanes - 1);
        last.add(random.nextInt(last.size() + 1), new Op.Reopen(0));
        if (oneIn(4)) {
          all.get(0).add(new Op.Reopen(0));
        }
      }
      boolean isBulk = Math.floorMod(seed / BLOCK, BLOCKS) == BLOCKS - 1;
      Settings settings = isBulk ? BULK : Settings.DEFAULTS;
      return new Program(new Workload(seed, IDS, SYNCS, List.of(settings), setup), all);
    }

    private List<Op> setup() {
      List<Op> ops = new ArrayList<>();
      ops.add(new Op.StartSync(0));
      if (!oneIn(4)) {
        ops.add(putAll(0));
      }
      if (oneIn(3)) {
        ops.add(new Op.StartSync(1));
        ops.add(putAll(1));
      }
      if (oneIn(10)) {
        ops.add(new Op.Seal(0));
      }
      if (oneIn(6)) {
        snapshots++;
        ops.add(new Op.OpenSnapshot(snapshots));
      }
      return ops;
    }

    private List<Op> lane(int size) {
      List<Op> ops = new ArrayList<>();
      while (ops.size() < size) {
        List<Op> more = random.nextInt(100) < 50 ? write() : read();
        if (more.stream().noneMatch(op -> without.contains(op.kind()))) {
          ops.addAll(more);
        }
      }
      return ops;
    }

    private List<Op> write() {
      int sync = sync();
      return switch (random.nextInt(16)) {
        case 0, 1, 2 -> List.of(putAll(sync));
        case 3 -> List.of(new Op.Put(sync, row()));
        case 4, 5 -> List.of(new Op.Delete(sync, grant()));
        case 6 -> List.of(new Op.DeleteAll(sync, List.of(0, 1)));
        case 7, 8 -> List.of(new Op.Drop(sync));
        case 9, 10 -> List.of(new Op.Drop(sync), new Op.StartSync(sync), putAll(sync));
        case 11 -> List.of(new Op.StartSync(sync));
        case 12 -> List.of(new Op.Seal(sync));
        case 13 -> List.of(new Op.BulkLoad(1, rows(), 1 + random.nextInt(2)));
        case 14 ->
            oneIn(2)
                ? List.of(new Op.AbandonedLoad(1, rows(), 1))
                : List.of(new Op.Drop(1), new Op.BulkLoad(1, rows(), 1));
        default -> List.of(oneIn(2) ? new Op.Flush() : new Op.Put(sync, row()));
      };
    }

    private List<Op> read() {
      int sync = sync();
      int via = snapshots > 0 && oneIn(4) ? 1 + random.nextInt(snapshots) : 0;
      return switch (random.nextInt(16)) {
        case 0, 1 -> List.of(new Op.Get(via, sync, grant()));
        case 2, 3, 4 -> List.of(getAll(via, sync));
        case 5, 6 -> List.of(holds(via, sync));
        case 7, 8, 9 -> List.of(new Op.ListRows(via, sync, ask(), 0));
        case 10 -> List.of(new Op.ListRows(via, sync, ask(), 1));
        case 11 -> List.of(new Op.ListSyncs(via));
        case 12 -> closes ? List.of(new Op.Get(via, sync, grant())) : cursor(via, sync);
        case 13 ->
            snapshots > 0 && oneIn(3)
                ? List.of(new Op.ReleaseSnapshot(1 + random.nextInt(snapshots)))
                : List.of(new Op.ListRows(via, sync, ask(), 0));
        default -> snapshot(sync);
      };
    }

    private List<Op> snapshot(int sync) {
      snapshots++;
      List<Op> ops = new ArrayList<>(List.of(new Op.OpenSnapshot(snapshots)));
      ops.add(new Op.ListRows(snapshots, sync, ask(), 0));
      if (oneIn(2)) {
        ops.add(getAll(snapshots, sync));
      }
      if (oneIn(3)) {
        ops.add(new Op.ListSyncs(snapshots));
      }
      return ops;
    }

    private List<Op> cursor(int via, int sync) {
      cursors++;
      return List.of(
          new Op.OpenCursor(cursors, via, sync, ask()),
          new Op.NextRows(cursors, 1),
          new Op.NextRows(cursors, 3));
    }

    private Op getAll(int via, int sync) {
      if (!oneIn(12)) {
        return new Op.GetAll(via, sync, oneIn(2) ? List.of(0, 1) : List.of(1, 0, 1));
      }
      List<Integer> ids = new ArrayList<>(List.of(0));
      ids.addAll(Collections.nCopies(MANY, 1));
      ids.addAll(List.of(0, 1, 0, 1));
      return new Op.GetAll(via, sync, ids);
    }

    private Op holds(int via, int sync) {
      return new Op.Holds(via, sync, principal(), entitlement());
    }

    private Ask ask() {
      return switch (random.nextInt(6)) {
        case 0 -> Ask.of(entitlement());
        case 1 -> Ask.of(principal());
        case 2 -> Ask.onResourceOf(entitlement());
        case 3 -> Ask.needingExpansion();
        case 4 -> Ask.ofAll(List.of(entitlement(), entitlement()));
        default -> Ask.scan();
      };
    }

    private Op putAll(int sync) {
      return new Op.PutAll(sync, rows());
    }

    private List<Row> rows() {
      return List.of(
          new Row(0, entitlement(), principal(), random.nextInt(PAYLOADS)),
          new Row(1, entitlement(), principal(), random.nextInt(PAYLOADS)));
    }

    private Row row() {
      return new Row(grant(), entitlement(), principal(), random.nextInt(PAYLOADS));
    }

    private EntitlementIds entitlement() {
      return new EntitlementIds(TYPE, TYPE, ENTITLEMENT + random.nextInt(2));
    }

    private PrincipalIds principal() {
      return new PrincipalIds(TYPE, PRINCIPAL + random.nextInt(2));
    }

    private int grant() {
      return random.nextInt(2);
    }

    private int sync() {
      return oneIn(5) ? 1 : 0;
    }

    private boolean oneIn(int n) {
      return random.nextInt(n) == 0;
    }
  }
}
