package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * R2: a batch, its elements one by one, and its parts at random; also single writes together.
 *
 * <p>{@code put} and {@code putAll} put the same rows, the last of equal ids winning, and nobody
 * looks in between. Where the answers differ, a batch does not take its elements in order, or its
 * index rows are made from what was there before the batch instead of what it wrote itself.
 *
 * <p>A batch with an element that is refused stays whole: it changes nothing, while its other
 * elements alone would. A resume token comes with the last part.
 */
final class OtherBatches implements Relation {
  private static final double SHARE = 0.5;

  @Override
  public Oracle oracle() {
    return Oracle.R2;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    Rewriting rewriting = new Rewriting(oracle(), workload);
    Contents check = new Contents(workload);
    while (rewriting.hasNext()) {
      Op op = rewriting.next();
      SplittableRandom random = chance.at(op);
      if (!chance.hits(random, SHARE)) {
        rewriting.keep();
      } else if (op instanceof Op.PutAll putAll && check.areGrants(putAll.rows())) {
        rewriting.replace(1, puts(random, putAll));
      } else if (op instanceof Op.DeleteAll deleteAll && check.areGrantIds(deleteAll.ids())) {
        rewriting.replace(1, parts(random, deleteAll.ids(), ids -> delete(deleteAll.sync(), ids)));
      } else if (op instanceof Op.Put put) {
        List<Row> rows = putsTogether(rewriting.rest(), put.sync(), check);
        rewriting.replace(Math.max(1, rows.size()), List.of(together(put, rows)));
      } else {
        rewriting.keep();
      }
    }
    return rewriting.variation();
  }

  private static Op together(Op.Put put, List<Row> rows) {
    return rows.isEmpty() ? put : new Op.PutAll(put.sync(), rows);
  }

  /** {@return the rows of the puts to one sync that come next, up to one that is refused} */
  private static List<Row> putsTogether(List<Op> ops, int sync, Contents check) {
    List<Row> rows = new ArrayList<>();
    for (Op op : ops) {
      if (!(op instanceof Op.Put put)
          || put.sync() != sync
          || !check.areGrants(List.of(put.row()))) {
        break;
      }
      rows.add(put.row());
    }
    return rows;
  }

  /** In half of cases one by one, else in parts, some of them empty. */
  private static <T> List<Op> parts(
      SplittableRandom random, List<T> elements, Function<List<T>, Op> op) {
    boolean isOneByOne = random.nextBoolean();
    List<Op> parts = new ArrayList<>();
    int from = 0;
    while (from < elements.size()) {
      int length = isOneByOne ? 1 : random.nextInt(elements.size() - from + 1);
      parts.add(op.apply(elements.subList(from, from + length)));
      from += length;
    }
    if (parts.isEmpty()) {
      parts.add(op.apply(List.of()));
    }
    return parts;
  }

  private static List<Op> puts(SplittableRandom random, Op.PutAll all) {
    List<Op> parts = parts(random, all.rows(), rows -> put(all.sync(), rows));
    int last = parts.size() - 1;
    if (all.resumeToken() != 0) {
      parts.set(last, all.with(Workload.rowsOf(parts.get(last))));
    }
    return parts;
  }

  private static Op put(int sync, List<Row> rows) {
    return rows.size() == 1 ? new Op.Put(sync, rows.get(0)) : new Op.PutAll(sync, rows);
  }

  private static Op delete(int sync, List<Integer> ids) {
    return ids.size() == 1 ? new Op.Delete(sync, ids.get(0)) : new Op.DeleteAll(sync, ids);
  }
}
