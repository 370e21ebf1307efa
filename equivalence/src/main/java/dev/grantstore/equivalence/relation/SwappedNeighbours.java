package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * R6: operations that have nothing to do with each other, in another order.
 *
 * <p>Writes to different grants or syncs leave the same rows either way; a read is the same before
 * and after a write elsewhere; a snapshot, or a cursor held open, does not see writes at all; a
 * flush or an opening does not change what is there. Where an answer changes, an operation touches
 * more than it names: it leaves something in a buffer, or reads what it should not see.
 */
final class SwappedNeighbours implements Relation {
  private static final double SHARE = 0.5;
  private static final int TURNS = 3;

  @Override
  public Oracle oracle() {
    return Oracle.R6;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    List<Op> ops = workload.ops();
    List<Footprint> footprints = ops.stream().map(op -> Footprint.of(op, workload)).toList();
    List<Integer> order = new ArrayList<>(IntStream.range(0, ops.size()).boxed().toList());
    for (int turn = 0; turn < TURNS; turn++) {
      for (int i = 0; i + 1 < ops.size(); i++) {
        int one = order.get(i);
        int next = order.get(i + 1);
        if (one < next
            && footprints.get(one).commutesWith(footprints.get(next))
            && chance.hits(chance.at(ops.get(one), turn), SHARE)) {
          Collections.swap(order, i, i + 1);
          i++;
        }
      }
    }
    return reordered(workload, order);
  }

  private Variation reordered(Workload workload, List<Integer> order) {
    SortedMap<Integer, Match> matches = new TreeMap<>();
    SortedMap<Integer, Integer> moments = new TreeMap<>();
    moments.put(0, 0);
    int last = -1;
    for (int i = 0; i < order.size(); i++) {
      int number = order.get(i) + 1;
      matches.put(number, new Match(number, List.of(number), List.of(i + 1)));
      last = Math.max(last, order.get(i));
      if (last == i) {
        moments.put(i + 1, i + 1);
      }
    }
    List<Op> ops = order.stream().map(workload.ops()::get).toList();
    return new Variation(
        oracle(),
        workload,
        workload.withOps(ops),
        List.copyOf(matches.values()),
        moments,
        new TreeMap<>(),
        Mapping.SAME);
  }
}
