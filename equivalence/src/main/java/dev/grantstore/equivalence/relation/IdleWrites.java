package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * R5: deletes of ids that are not there and puts of rows that are there already, in between.
 *
 * <p>A delete of an absent id changes nothing, and a replaced grant is equal to what replaces it.
 * Where an answer changes, a delete removes by a prefix or a neighbouring key, or a replacement
 * removes the old index rows after it has written the new ones, which are the same.
 */
final class IdleWrites implements Relation {
  private static final double SHARE = 0.15;
  private static final int MOST_IDS = 4;

  @Override
  public Oracle oracle() {
    return Oracle.R5;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    Rewriting rewriting = new Rewriting(oracle(), workload);
    Contents contents = new Contents(workload);
    while (rewriting.hasNext()) {
      Op op = rewriting.next();
      rewriting.keep();
      contents.apply(op);
      SplittableRandom random = chance.at(op);
      List<Integer> open = contents.openSyncs();
      if (!open.isEmpty() && chance.hits(random, SHARE)) {
        int sync = open.get(random.nextInt(open.size()));
        SortedMap<String, Row> rows = contents.rows(sync);
        List<Integer> absent =
            IntStream.range(0, workload.ids().size())
                .filter(id -> !workload.ids().get(id).isEmpty())
                .filter(id -> !rows.containsKey(workload.ids().get(id)))
                .boxed()
                .toList();
        int dice = random.nextInt(3);
        if (dice != 0) {
          delete(rewriting, random, sync, absent);
        }
        if (dice != 1) {
          put(rewriting, random, sync, List.copyOf(rows.values()));
        }
      }
    }
    return rewriting.variation();
  }

  private static void delete(
      Rewriting rewriting, SplittableRandom random, int sync, List<Integer> absent) {
    if (absent.isEmpty()) {
      return;
    }
    List<Integer> some = some(random, absent);
    rewriting.insert(
        some.size() == 1 ? new Op.Delete(sync, some.get(0)) : new Op.DeleteAll(sync, some));
  }

  private static void put(Rewriting rewriting, SplittableRandom random, int sync, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    List<Row> some = some(random, rows);
    rewriting.insert(some.size() == 1 ? new Op.Put(sync, some.get(0)) : new Op.PutAll(sync, some));
  }

  /** {@return one of them, or a few, perhaps the same more than once} */
  private static <T> List<T> some(SplittableRandom random, List<T> from) {
    List<T> some = new ArrayList<>();
    for (int left = random.nextBoolean() ? 1 : random.nextInt(1, MOST_IDS + 1); left > 0; left--) {
      some.add(from.get(random.nextInt(from.size())));
    }
    return some;
  }
}
