package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What several threads do to one store. Immutable. Operations mean what they mean in a workload,
 * but for these:
 *
 * <ul>
 *   <li>Snapshots are shared by all lanes; cursors and page tokens are each lane's own.
 *   <li>A bulk load of a sync that another lane is loading fills parts of that load.
 *   <li>{@code reopen} closes the store. It is opened again when all lanes have ended.
 *   <li>An operation that makes several calls, such as a list in pages, is no step by itself: each
 *       of its calls is.
 * </ul>
 *
 * @param setup the tables, the settings, and what is done before the lanes start
 * @param lanes what each thread does
 */
public record Program(Workload setup, List<List<Op>> lanes) {
  /** A {@code bulkLoad} is done call by call anyway. */
  private static final Set<String> NOT_BY_LANES =
      Set.of("crash", "openReadOnly", "bad", "openLoad", "fillLoad", "commitLoad", "abandonLoad");

  private static final Set<String> NOT_BEFORE =
      Stream.concat(NOT_BY_LANES.stream(), Stream.of("reopen"))
          .collect(Collectors.toUnmodifiableSet());

  /** Copies the lanes, and checks their indexes and kinds. */
  public Program {
    lanes = lanes.stream().map(List::copyOf).toList();
    for (List<Op> lane : lanes) {
      if (lane.isEmpty()) {
        throw new IllegalArgumentException("a lane does nothing");
      }
      setup.withOps(lane);
      lane.forEach(op -> check(op, NOT_BY_LANES));
    }
    setup.ops().forEach(op -> check(op, NOT_BEFORE));
  }

  /** {@return how many operations there are} */
  public int size() {
    return setup.ops().size() + lanes.stream().mapToInt(List::size).sum();
  }

  /** {@return this without one operation; a lane that is empty then goes} */
  Program without(int lane, int op) {
    List<Op> left = new ArrayList<>(lane < 0 ? setup.ops() : lanes.get(lane));
    left.remove(op);
    return with(lane, left);
  }

  /** {@return this with one operation changed} */
  Program with(int lane, int index, Op op) {
    List<Op> changed = new ArrayList<>(lane < 0 ? setup.ops() : lanes.get(lane));
    changed.set(index, op);
    return with(lane, changed);
  }

  /** {@return this with one lane changed; -1 is the setup} */
  Program with(int lane, List<Op> ops) {
    if (lane < 0) {
      return new Program(setup.withOps(ops), lanes);
    }
    List<List<Op>> others = new ArrayList<>(lanes);
    others.set(lane, ops);
    others.removeIf(List::isEmpty);
    return new Program(setup, others);
  }

  private static void check(Op op, Set<String> refused) {
    if (refused.contains(op.kind())) {
      throw new IllegalArgumentException("not to be done in such a program: " + op.kind());
    }
  }
}
