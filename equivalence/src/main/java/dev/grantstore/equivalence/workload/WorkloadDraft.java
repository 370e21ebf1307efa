package dev.grantstore.equivalence.workload;

import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** One workload while it is made. One thread, used once. */
final class WorkloadDraft {
  private static final int SLOTS = 3;
  private static final int MOST_REFS = 4;
  private static final int[] PAGE_ROWS = {1, 1, 1, 1, 2, 2, 3, 10, 64, Integer.MAX_VALUE};

  /** Where there are more ids than that, lists are to be long. */
  private static final int MANY = 100;

  /** More ids than engines ask for at once. */
  private static final int MORE_THAN_A_PIECE = 1_001;

  private enum State {
    ABSENT,
    OPEN,
    SEALED
  }

  private final long seed;
  private final SplittableRandom random;
  private final List<String> ids;
  private final List<String> syncs;
  private final List<Settings> settings;
  private final Phase phase;
  private final Map<OpChoice, Integer> weights = new EnumMap<>(OpChoice.class);
  private final int sumOfWeights;
  private final List<Integer> grantIds = new ArrayList<>();
  private final List<EntitlementIds> entitlements = new ArrayList<>();
  private final List<PrincipalIds> principals = new ArrayList<>();
  private final List<Row> written = new ArrayList<>();
  private final Map<Integer, Map<Integer, Row>> latest = new HashMap<>();
  private final State[] states;
  private final SortedSet<Integer> snapshots = new TreeSet<>();
  private final SortedSet<Integer> cursors = new TreeSet<>();

  /** By slot, about how many rows a token has before it. */
  private final SortedMap<Integer, Integer> tokens = new TreeMap<>();

  private final SortedMap<Integer, Integer> loads = new TreeMap<>();
  private final List<Op> ops = new ArrayList<>();

  WorkloadDraft(long seed, SplittableRandom random, List<Settings> settings, int mostIdBytes) {
    this.seed = seed;
    this.settings = settings;
    this.random = random;
    ids = IdPool.ids(random, mostIdBytes);
    syncs = IdPool.syncs(random);
    states = new State[syncs.size()];
    java.util.Arrays.fill(states, State.ABSENT);
    phase = pick(List.of(Phase.values()));
    drawWeights();
    sumOfWeights = weights.values().stream().mapToInt(Integer::intValue).sum();
    drawRefs();
  }

  Workload write(int wanted) {
    while (ops.size() < wanted) {
      add();
      if (ops.size() < wanted && isDurable(ops.get(ops.size() - 1)) && isCrashDue()) {
        ops.add(new Op.Crash(afterAllEnds()));
      }
    }
    return new Workload(seed, ids, syncs, settings, ops);
  }

  /** {@return whether the operation promises to be durable, whatever the store's durability} */
  private static boolean isDurable(Op op) {
    return op instanceof Op.Seal
        || op instanceof Op.Drop
        || op instanceof Op.BulkLoad
        || op instanceof Op.CommitLoad;
  }

  /** Right after such a promise is where a crash tells. */
  private boolean isCrashDue() {
    return weights.containsKey(OpChoice.CRASH) && random.nextInt(6) == 0;
  }

  /** A random subset of all choices (swarm testing), in which something is written. */
  private void drawWeights() {
    int keptOfTen = random.nextInt(4, 11);
    for (OpChoice choice : OpChoice.values()) {
      if (choice == OpChoice.PUT || random.nextInt(10) < keptOfTen) {
        weights.put(choice, choice.weight(phase));
      }
    }
  }

  private void drawRefs() {
    for (int i = 0; i < ids.size(); i++) {
      if (!ids.get(i).isEmpty()) {
        grantIds.add(i);
      }
    }
    while (phase == Phase.VERSION_PILE && grantIds.size() > 2) {
      grantIds.remove(random.nextInt(grantIds.size()));
    }
    for (int i = random.nextInt(MOST_REFS); i >= 0; i--) {
      entitlements.add(new EntitlementIds(anyId(), anyId(), anyId()));
      principals.add(new PrincipalIds(anyId(), anyId()));
    }
    // The same resource with another entitlement, the same type with another principal.
    EntitlementIds e = entitlements.get(0);
    entitlements.add(new EntitlementIds(e.type(), e.resource(), anyId()));
    principals.add(new PrincipalIds(principals.get(0).type(), anyId()));
  }

  private OpChoice choice() {
    int at = random.nextInt(sumOfWeights);
    for (Map.Entry<OpChoice, Integer> entry : weights.entrySet()) {
      at -= entry.getValue();
      if (at < 0) {
        return entry.getKey();
      }
    }
    throw new AssertionError("weights do not add up");
  }

  private void add() {
    int sync = syncToUse();
    if (states[sync] == State.ABSENT && !loads.containsValue(sync) && random.nextInt(8) != 0) {
      ops.add(start(sync));
      return;
    }
    OpChoice choice = choice();
    ops.add(
        switch (choice) {
          case PUT -> new Op.Put(sync, row(sync));
          case PUT_ALL -> new Op.PutAll(sync, rows(sync));
          case DELETE -> delete(sync);
          case DELETE_ALL -> new Op.DeleteAll(sync, someIds());
          case GET -> new Op.Get(via(), sync, grantId());
          case GET_ALL -> new Op.GetAll(via(), sync, someIds());
          case HOLDS -> holds(sync);
          case LIST -> new Op.ListRows(via(), sync, ask(), 0);
          case LIST_IN_PAGES -> new Op.ListRows(via(), sync, ask(), pageRows());
          case LIST_SYNCS -> new Op.ListSyncs(via());
          case PAGE -> page(sync);
          case RESUME -> tokens.isEmpty() ? page(sync) : resume();
          case OPEN_SNAPSHOT -> new Op.OpenSnapshot(opened(snapshots, 1 + slot()), asOf());
          case RELEASE_SNAPSHOT -> new Op.ReleaseSnapshot(closed(snapshots));
          case OPEN_CURSOR -> openCursor(sync);
          case NEXT_ROWS ->
              cursors.isEmpty()
                  ? openCursor(sync)
                  : new Op.NextRows(known(cursors), random.nextInt(1, 4));
          case CLOSE_CURSOR -> new Op.CloseCursor(closed(cursors));
          case START_SYNC -> start(random.nextInt(syncs.size()));
          case SEAL -> seal(sync);
          case DROP -> drop(sync);
          case BULK_LOAD -> bulkLoad(sync);
          case ABANDONED_LOAD -> abandonedLoad(sync);
          case OPEN_LOAD -> openLoad();
          case FILL_LOAD -> loads.isEmpty() ? openLoad() : fillLoad();
          case COMMIT_LOAD -> commitLoad();
          case ABANDON_LOAD -> new Op.AbandonLoad(endedLoad());
          case FLUSH -> new Op.Flush();
          case SETTLE -> new Op.Settle();
          case REOPEN -> new Op.Reopen(afterAllEnds());
          case CRASH -> new Op.Crash(afterAllEnds());
          case OPEN_READ_ONLY -> openReadOnly();
          case BAD -> new Op.Bad(pick(List.of(BadCall.values())), sync, grantId());
        });
  }

  /** Mostly the first sync, and mostly one that can still be written. */
  private int syncToUse() {
    int sync = random.nextInt(10) < 6 ? 0 : random.nextInt(syncs.size());
    if (!isWritable(sync) && random.nextInt(10) < 7) {
      for (int other = 0; other < states.length; other++) {
        if (isWritable(other)) {
          return other;
        }
      }
    }
    return sync;
  }

  private boolean isWritable(int sync) {
    return states[sync] != State.SEALED && !loads.containsValue(sync);
  }

  private Op start(int sync) {
    states[sync] = states[sync] == State.ABSENT ? State.OPEN : states[sync];
    return new Op.StartSync(sync);
  }

  private Op seal(int sync) {
    states[sync] = states[sync] == State.OPEN ? State.SEALED : states[sync];
    return new Op.Seal(sync);
  }

  private Op drop(int sync) {
    states[sync] = State.ABSENT;
    latest.remove(sync);
    return new Op.Drop(sync);
  }

  private Op abandonedLoad(int sync) {
    makeFree(sync);
    return new Op.AbandonedLoad(sync, rows(sync), random.nextInt(1, 4));
  }

  /** A load needs a free id. */
  private void makeFree(int sync) {
    if (states[sync] != State.ABSENT && random.nextInt(10) != 0) {
      ops.add(drop(sync));
    }
  }

  private Op bulkLoad(int sync) {
    makeFree(sync);
    if (states[sync] == State.ABSENT) {
      states[sync] = State.SEALED;
    }
    return new Op.BulkLoad(sync, rows(sync), random.nextInt(1, 4));
  }

  /** Of a sync that is not there, if there is one: what is written elsewhere goes on meanwhile. */
  private Op openLoad() {
    int sync = syncs.size() - 1;
    for (int other = 0; other < states.length; other++) {
      if (states[other] == State.ABSENT && !loads.containsValue(other)) {
        sync = other;
      }
    }
    makeFree(sync);
    int load = slot();
    loads.put(load, sync);
    return new Op.OpenLoad(load, sync, random.nextInt(1, 4));
  }

  private Op fillLoad() {
    int load = pick(List.copyOf(loads.keySet()));
    return new Op.FillLoad(load, random.nextInt(3), rows(loads.getOrDefault(load, 0)));
  }

  private Op commitLoad() {
    int load = loads.isEmpty() ? slot() : pick(List.copyOf(loads.keySet()));
    Integer sync = loads.remove(load);
    if (sync != null && states[sync] == State.ABSENT) {
      states[sync] = State.SEALED;
    }
    return new Op.CommitLoad(load);
  }

  private int endedLoad() {
    int load = loads.isEmpty() ? slot() : pick(List.copyOf(loads.keySet()));
    loads.remove(load);
    return load;
  }

  private Op delete(int sync) {
    int id = grantId();
    latest.getOrDefault(sync, new HashMap<>()).remove(id);
    return new Op.Delete(sync, id);
  }

  private Op page(int sync) {
    int slot = slot();
    Ask ask = longAsk();
    int limitRows = pageRows();
    keepToken(slot, latest.getOrDefault(sync, Map.of()).size(), limitRows);
    return new Op.Page(slot, via(), sync, ask, limitRows);
  }

  private Op resume() {
    int slot = pick(List.copyOf(tokens.keySet()));
    int limitRows = pageRows();
    keepToken(slot, tokens.getOrDefault(slot, 0), limitRows);
    return new Op.Resume(slot, via(), limitRows);
  }

  private void keepToken(int slot, int rows, int limitRows) {
    if (rows > limitRows) {
      tokens.put(slot, rows - limitRows);
    } else {
      tokens.remove(slot);
    }
  }

  private Op openCursor(int sync) {
    return new Op.OpenCursor(opened(cursors, slot()), via(), sync, longAsk());
  }

  private Op holds(int sync) {
    if (!written.isEmpty() && random.nextInt(10) < 6) {
      Row row = pick(written);
      return new Op.Holds(via(), sync, row.principal(), row.entitlement());
    }
    return new Op.Holds(via(), sync, pick(principals), pick(entitlements));
  }

  private Ask ask() {
    boolean known = !written.isEmpty() && random.nextInt(10) < 7;
    Row row = known ? pick(written) : newRow(grantId());
    return switch (pick(List.of(QueryKind.values()))) {
      case SCAN -> Ask.scan();
      case BY_ENTITLEMENT -> Ask.of(row.entitlement());
      case BY_ENTITLEMENTS -> severalEntitlements(row.entitlement());
      case BY_ENTITLEMENT_RESOURCE -> Ask.onResourceOf(row.entitlement());
      case BY_PRINCIPAL -> Ask.of(row.principal());
      case NEEDING_EXPANSION -> Ask.needingExpansion();
    };
  }

  /** None to five, in any order, one of them now and then more than once. */
  private Ask severalEntitlements(EntitlementIds one) {
    List<EntitlementIds> asked = new ArrayList<>();
    for (int left = random.nextInt(6); left > 0; left--) {
      asked.add(
          switch (random.nextInt(3)) {
            case 0 -> one;
            case 1 -> pick(entitlements);
            default -> written.isEmpty() ? one : pick(written).entitlement();
          });
    }
    return Ask.ofAll(asked);
  }

  /** Often all there is, so that something is left for later. */
  private Ask longAsk() {
    return random.nextInt(2) == 0 ? Ask.scan() : ask();
  }

  private List<Row> rows(int sync) {
    List<Row> rows = new ArrayList<>();
    for (int left = batch(24, 700); left > 0; left--) {
      rows.add(row(sync));
    }
    return rows;
  }

  /** Often one that was written before, with one thing changed. */
  private Row row(int sync) {
    Map<Integer, Row> before = latest.computeIfAbsent(sync, any -> new HashMap<>());
    Row old = before.get(grantId());
    Row row = old != null && random.nextInt(3) == 0 ? changed(old) : newRow(grantId());
    before.put(row.id(), row);
    written.add(row);
    return row;
  }

  /** One bit of the payload, or one reference; where the grant has no such field, nothing. */
  private Row changed(Row row) {
    int bit = random.nextInt(Payload.BITS + 2);
    if (bit == Payload.BITS) {
      return new Row(row.id(), pick(entitlements), row.principal(), row.value());
    }
    if (bit > Payload.BITS) {
      return new Row(row.id(), row.entitlement(), pick(principals), row.value());
    }
    return new Row(row.id(), row.entitlement(), row.principal(), row.value() ^ 1 << bit);
  }

  private Row newRow(int id) {
    int value = random.nextInt(10) < 3 ? 0 : random.nextInt(Payload.COUNT) & ~Payload.LONG;
    if (random.nextInt(100) == 0) {
      value |= Payload.LONG;
    }
    return new Row(id, pick(entitlements), pick(principals), value);
  }

  /** Seven of ten: one that was written; two: its neighbour in the order of ids; one: any. */
  private int grantId() {
    int dice = random.nextInt(10);
    boolean isAny = dice == 0 || (ids.size() > MANY && dice < 7);
    if (written.isEmpty() || isAny) {
      return pick(grantIds);
    }
    int id = pick(written).id();
    int place = grantIds.indexOf(id) + (dice < 3 ? random.nextInt(2) * 2 - 1 : 0);
    return grantIds.get(Math.floorMod(place, grantIds.size()));
  }

  private List<Integer> someIds() {
    List<Integer> some = new ArrayList<>();
    int more = random.nextInt(64) == 0 ? MORE_THAN_A_PIECE : 0;
    for (int left = more + batch(12, 1_500); left > 0; left--) {
      some.add(grantId());
    }
    return some;
  }

  /** Seldom so many that engines cut them in pieces of their own. */
  private int batch(int most, int seldomMost) {
    int oneOf = ids.size() > MANY ? 3 : 64;
    return length(random.nextInt(oneOf) == 0 ? seldomMost : most);
  }

  /** From nothing to {@code most}, small numbers more often. */
  private int length(int most) {
    return random.nextInt(random.nextInt(most) + 1);
  }

  private int pageRows() {
    return PAGE_ROWS[random.nextInt(PAGE_ROWS.length)];
  }

  /** {@return settings to go on with when no snapshot, cursor or load is left} */
  private int afterAllEnds() {
    snapshots.clear();
    cursors.clear();
    loads.clear();
    return random.nextInt(settings.size());
  }

  private Op openReadOnly() {
    snapshots.clear();
    cursors.clear();
    loads.clear();
    return new Op.OpenReadOnly();
  }

  /** The store, or a snapshot if there is one; seldom one that there is not. */
  private int via() {
    int dice = random.nextInt(20);
    if (dice == 0) {
      return 1 + slot();
    }
    return dice < 8 && !snapshots.isEmpty() ? pick(List.copyOf(snapshots)) : 0;
  }

  /** Half of the snapshots are of all grants. */
  private int asOf() {
    return random.nextBoolean() ? 0 : random.nextInt(1, 1 + Payload.INSTANTS);
  }

  private int slot() {
    return random.nextInt(SLOTS);
  }

  private static int opened(SortedSet<Integer> slots, int slot) {
    slots.add(slot);
    return slot;
  }

  /** {@return a slot in which something is, if there is one} */
  private int known(SortedSet<Integer> slots) {
    return slots.isEmpty() ? 1 + slot() : pick(List.copyOf(slots));
  }

  private int closed(SortedSet<Integer> slots) {
    int slot = known(slots);
    slots.remove(slot);
    return slot;
  }

  private int anyId() {
    return random.nextInt(ids.size());
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
