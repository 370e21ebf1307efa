package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A variation while it is made, operation after operation. One thread, used once. */
final class Rewriting {
  private final Oracle relation;
  private final Workload base;
  private final List<Op> ops = new ArrayList<>();
  private final List<Match> matches = new ArrayList<>();
  private final SortedMap<Integer, Integer> moments = new TreeMap<>();
  private final SortedMap<Integer, Integer> views = new TreeMap<>();
  private int done;

  Rewriting(Oracle relation, Workload base) {
    this.relation = relation;
    this.base = base;
    moments.put(0, 0);
  }

  boolean hasNext() {
    return done < base.ops().size();
  }

  /** {@return the workload's next operation} */
  Op next() {
    return base.ops().get(done);
  }

  /**
   * {@return whether the next operation goes on by a token, for which it counts what was between}
   */
  boolean isBeforeResume() {
    return hasNext() && next() instanceof Op.Resume;
  }

  /** {@return the workload's operations that are not dealt with} */
  List<Op> rest() {
    return base.ops().subList(done, base.ops().size());
  }

  /** {@return how many of the workload's operations are dealt with, which is the last's number} */
  int done() {
    return done;
  }

  /** Takes the next operation over as it is. */
  void keep() {
    replace(1, List.of(next()));
  }

  /** Puts others in the place of the next operations; all of them together answer alike. */
  void replace(int count, List<Op> by) {
    List<Integer> of = IntStream.rangeClosed(done + 1, done + count).boxed().toList();
    List<Integer> to = by.stream().map(this::add).toList();
    done += count;
    matches.add(new Match(done, of, to));
    moments.put(done, ops.size());
  }

  /** Puts others in the place of the next operation, of which only the last answers alike. */
  void replaceByLast(List<Op> by) {
    by.forEach(this::add);
    done++;
    match(done, ops.size());
    moments.put(done, ops.size());
  }

  /** Puts an operation in between that must go well and change nothing. */
  void insert(Op op) {
    matches.add(new Match(done, List.of(), List.of(add(op))));
    moments.put(done, ops.size());
  }

  /** Puts a look at the whole store in between. */
  void insertView() {
    views.put(add(new Op.OpenReadOnly()), done);
    moments.put(done, ops.size());
  }

  /** {@return the number of an operation added, of which nothing is expected yet} */
  int add(Op op) {
    ops.add(op);
    return ops.size();
  }

  /** Expects one operation to answer as the other does. */
  void match(int of, int to) {
    matches.add(new Match(of, List.of(of), List.of(to)));
  }

  Variation variation() {
    return variation(Mapping.SAME);
  }

  Variation variation(Mapping mapping) {
    return new Variation(relation, base, base.withOps(ops), matches, moments, views, mapping);
  }
}
