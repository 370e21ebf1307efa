package dev.grantstore.equivalence.workload;

import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The letters of which {@link BoundedSequences} are made, and what becomes of them when syncs,
 * grants, entitlements or principals change their names. Of each kind there are two, so there are
 * sixteen renamings; the alphabet holds every renaming of each of its letters. Immutable.
 *
 * <p>A letter is one operation, or two that belong together: a cursor is read a little as soon as
 * it is open. What a letter writes, and the slot it opens, depends on the place it stands in: no
 * two writes of a sequence are equal, and no handle closes another.
 */
final class Alphabet {
  /** How many ways there are to name things. */
  static final int RENAMINGS = 16;

  static final List<String> SYNCS = List.of("s", "ss");

  /** In pairs that are easily mixed up; type and resource are the same for all. */
  static final List<String> IDS = List.of("g", "gg", "e", "ee", "p", "pp", "t", "bad");

  private static final int GRANT = 0;
  private static final int ENTITLEMENT = 2;
  private static final int PRINCIPAL = 4;
  private static final int TYPE = 6;
  private static final int BAD_GRANT = 7;
  private static final int[] BOTH = {0, 1};

  private final List<List<List<Op>>> lettersByPlace = new ArrayList<>();
  private final List<int[]> images = new ArrayList<>();

  /**
   * Creates an alphabet.
   *
   * @param places how long sequences get
   * @param without kinds of operations that no letter may have in it
   */
  Alphabet(int places, List<String> without) {
    for (int place = 0; place < places; place++) {
      lettersByPlace.add(
          new Draft(place)
              .letters().stream()
                  .filter(letter -> letter.stream().noneMatch(op -> without.contains(op.kind())))
                  .toList());
    }
    Map<List<Op>, Integer> numbers = new HashMap<>();
    List<List<Op>> first = lettersByPlace.get(0);
    first.forEach(letter -> numbers.put(letter, numbers.size()));
    for (int renaming = 0; renaming < RENAMINGS; renaming++) {
      Renumbering copy = new Renumbering(new Renaming(renaming));
      images.add(
          first.stream()
              .map(letter -> letter.stream().map(op -> sorted(op.accept(copy))).toList())
              .mapToInt(letter -> number(numbers, letter))
              .toArray());
    }
  }

  /**
   * {@return the number of a letter}
   *
   * @throws IllegalStateException if there is no such letter: what has no image would be left out
   */
  static int number(Map<List<Op>, Integer> numbers, List<Op> letter) {
    Integer number = numbers.get(letter);
    if (number == null) {
      throw new IllegalStateException("no renaming may leave the alphabet: letter=" + letter);
    }
    return number;
  }

  int size() {
    return lettersByPlace.get(0).size();
  }

  /** {@return the operations of a letter in a place} */
  List<Op> ops(int letter, int place) {
    return lettersByPlace.get(place).get(letter);
  }

  /** {@return how many operations a letter counts for: opening again takes as long as many} */
  int weight(int letter) {
    return ops(letter, 0).stream().anyMatch(op -> op instanceof Op.Reopen) ? 2 : 1;
  }

  /** {@return the letter that a letter becomes; the renaming 0 changes nothing} */
  int image(int renaming, int letter) {
    return images.get(renaming)[letter];
  }

  /** {@return every list there is to ask for} */
  static List<Ask> asks() {
    List<Ask> asks = new ArrayList<>(List.of(Ask.scan(), Ask.needingExpansion()));
    for (int i : BOTH) {
      asks.add(Ask.of(entitlement(i)));
      asks.add(Ask.of(principal(i)));
    }
    asks.add(Ask.ofAll(List.of(entitlement(1), entitlement(0))));
    return asks;
  }

  private static EntitlementIds entitlement(int e) {
    return new EntitlementIds(TYPE, TYPE, ENTITLEMENT + e);
  }

  private static PrincipalIds principal(int p) {
    return new PrincipalIds(TYPE, PRINCIPAL + p);
  }

  /** {@return the operation with its grants in order, where their order says nothing} */
  private static Op sorted(Op op) {
    Comparator<Row> byId = Comparator.comparingInt(Row::id);
    if (op instanceof Op.PutAll all) {
      return all.with(all.rows().stream().sorted(byId).toList());
    }
    if (op instanceof Op.BulkLoad load) {
      return new Op.BulkLoad(load.sync(), load.rows().stream().sorted(byId).toList(), load.parts());
    }
    if (op instanceof Op.DeleteAll all) {
      return new Op.DeleteAll(all.sync(), all.ids().stream().sorted().toList());
    }
    return op instanceof Op.GetAll all
        ? new Op.GetAll(all.via(), all.sync(), all.ids().stream().sorted().toList())
        : op;
  }

  /** One bit for each pair of names that change places. */
  private record Renaming(int number) implements IndexMap {
    @Override
    public int id(int index) {
      return index < TYPE ? index ^ bit(1 + index / 2) : index;
    }

    @Override
    public int sync(int index) {
      return index ^ bit(0);
    }

    @Override
    public int settings(int index) {
      return index;
    }

    private int bit(int which) {
      return number >> which & 1;
    }
  }

  /** The letters in one place. One thread, used once. */
  private static final class Draft {
    private final int place;
    private final List<List<Op>> letters = new ArrayList<>();

    Draft(int place) {
      this.place = place;
    }

    List<List<Op>> letters() {
      for (int sync : BOTH) {
        life(sync);
        handles(sync);
        load(sync);
        for (int e : BOTH) {
          for (int p : BOTH) {
            writes(sync, e, p);
          }
        }
      }
      add(new Op.Flush());
      add(new Op.Reopen(0));
      add(new Op.OpenSnapshot(1 + place));
      return letters;
    }

    private void life(int sync) {
      add(new Op.StartSync(sync));
      add(new Op.Seal(sync));
      add(new Op.Drop(sync));
      add(new Op.Delete(sync, GRANT));
      add(new Op.Delete(sync, GRANT + 1));
      add(new Op.DeleteAll(sync, List.of(GRANT, GRANT + 1)));
      add(new Op.GetAll(0, sync, List.of(GRANT, GRANT + 1)));
      add(new Op.Bad(BadCall.PUT_ALL_WITH_NULL, sync, BAD_GRANT));
    }

    /** All rows of a sync have one resource, so its list is the same whatever is renamed. */
    private void handles(int sync) {
      Ask index = Ask.onResourceOf(entitlement(0));
      add(new Op.OpenCursor(place, 0, sync, index), new Op.NextRows(place, 1));
      add(new Op.Page(place, 0, sync, index, 1));
    }

    /** A batch has both grants twice, of which the later ones count. */
    private void writes(int sync, int e, int p) {
      Row one = row(0, e, p);
      Row other = row(1, 1 - e, 1 - p);
      add(new Op.Put(sync, one));
      add(new Op.Put(sync, row(1, e, p)));
      add(new Op.PutAll(sync, List.of(one, row(0, 1 - e, 1 - p), other, row(1, e, p))));
    }

    /** Loaded grants have an entitlement and a principal of their own. */
    private void load(int sync) {
      EntitlementIds e = new EntitlementIds(TYPE, TYPE, TYPE);
      PrincipalIds p = new PrincipalIds(TYPE, TYPE);
      Row one = new Row(GRANT, e, p, value());
      add(new Op.BulkLoad(sync, List.of(one, new Row(GRANT + 1, e, p, value())), 2));
    }

    private Row row(int g, int e, int p) {
      return new Row(GRANT + g, entitlement(e), principal(p), value());
    }

    /** {@return the payload of this place; the first needs expansion, the second does not} */
    private int value() {
      return 1 + 5 * place;
    }

    private void add(Op... ops) {
      letters.add(List.of(ops));
    }
  }
}
