package dev.grantstore.equivalence.concurrent;

import dev.grantstore.GrantStoreProvider;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.check.Answer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for a legal order of a history's calls: one in which the memory store, asked one call after
 * the other, answers each as it was answered, and no call stands before one that had returned when
 * it began. The search is Wing and Gong's, with Lowe's memory of what was tried.
 *
 * <p>A call that changes nothing for others can always stand as early as its answer is right, so
 * only the order of changes is searched. Of use once, by one thread.
 */
final class Linearization {
  /** A history of at most a dozen calls needs far fewer, whatever it is. */
  private static final int MOST_STEPS = 100_000;

  private static final GrantStoreProvider MEMORY = GrantStores.engine("memory");

  private final List<Call> calls;
  private final BitSet placed = new BitSet();
  private final List<Integer> order = new ArrayList<>();
  private final Set<List<Object>> tried = new HashSet<>();
  private List<Integer> longest = List.of();
  private Held reference = fresh();
  private int steps;

  private Linearization(List<Call> calls) {
    this.calls = calls;
  }

  /**
   * What has no legal order.
   *
   * @param order the longest legal beginning, as places in the history
   * @param stuck calls that might come next, and what each should have answered then
   */
  record Impossible(List<Integer> order, List<Stuck> stuck) {}

  /**
   * A call that has no place.
   *
   * @param call its place in the history
   * @param right what it should have answered after the longest legal beginning
   */
  record Stuck(int call, Answer right) {}

  /** {@return why the history is not legal, if it is not} */
  static Optional<Impossible> check(List<Call> history) {
    Linearization search = new Linearization(history);
    if (search.place()) {
      return Optional.empty();
    }
    return Optional.of(new Impossible(search.longest, search.stuck()));
  }

  private boolean place() {
    int before = order.size();
    placeUnseen();
    if (order.size() > longest.size()) {
      longest = List.copyOf(order);
    }
    if (placed.cardinality() == calls.size()) {
      return true;
    }
    if (tried.add(List.of(placed.clone(), seenOrder()))) {
      for (int i : next()) {
        if (calls.get(i).isSeen()) {
          if (fits(i)) {
            push(i);
            if (place()) {
              return true;
            }
            cutTo(order.size() - 1);
          }
          if (++steps > MOST_STEPS) {
            throw new IllegalStateException("history is too wide to be judged");
          }
        }
      }
    }
    cutTo(before);
    return false;
  }

  /** Places every call that changes nothing for others and is right now. */
  private void placeUnseen() {
    boolean more = true;
    while (more) {
      more = false;
      for (int i : next()) {
        if (!calls.get(i).isSeen() && fits(i)) {
          push(i);
          more = true;
        }
      }
    }
  }

  /** {@return the calls that may come next: none that is left had returned before they began} */
  private List<Integer> next() {
    long firstReturn = Long.MAX_VALUE;
    for (int i = placed.nextClearBit(0); i < calls.size(); i = placed.nextClearBit(i + 1)) {
      firstReturn = Math.min(firstReturn, calls.get(i).returned());
    }
    List<Integer> next = new ArrayList<>();
    for (int i = placed.nextClearBit(0); i < calls.size(); i = placed.nextClearBit(i + 1)) {
      if (calls.get(i).invoked() <= firstReturn) {
        next.add(i);
      }
    }
    return next;
  }

  /** Makes a call on the reference; if the answer is another, it is as if it had not been made. */
  private boolean fits(int i) {
    Call call = calls.get(i);
    boolean fits = Recorder.answer(call.action(), reference).equals(call.answer());
    if (!fits && call.effect() != Call.Effect.NONE) {
      rebuild();
    }
    return fits;
  }

  private void push(int i) {
    placed.set(i);
    order.add(i);
  }

  private void cutTo(int size) {
    if (order.size() > size) {
      while (order.size() > size) {
        placed.clear(order.remove(order.size() - 1));
      }
      rebuild();
    }
  }

  private void rebuild() {
    reference = replayed(order);
  }

  private Held replayed(List<Integer> beginning) {
    Held again = fresh();
    for (int i : beginning) {
      Answer unused = Recorder.answer(calls.get(i).action(), again);
    }
    return again;
  }

  private List<Integer> seenOrder() {
    return order.stream().filter(i -> calls.get(i).isSeen()).toList();
  }

  private List<Stuck> stuck() {
    placed.clear();
    longest.forEach(placed::set);
    return next().stream()
        .map(i -> new Stuck(i, Recorder.answer(calls.get(i).action(), replayed(longest))))
        .filter(stuck -> !stuck.right().equals(calls.get(stuck.call()).answer()))
        .toList();
  }

  private static Held fresh() {
    return Held.ofReference(MEMORY.open("", StoreOptions.of(OpenMode.OPEN_OR_CREATE)));
  }
}
