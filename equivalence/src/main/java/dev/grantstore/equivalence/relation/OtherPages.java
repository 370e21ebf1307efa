package dev.grantstore.equivalence.relation;

import dev.grantstore.GrantReader;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.List;
import java.util.SplittableRandom;

/**
 * R7: lists in pages of other sizes or by a cursor, pages and reads off cursors in two, and two of
 * them as one.
 *
 * <p>The pages of any sizes, one after the other, equal the cursor's list; a token says after which
 * row the list goes on, and not how long the page was. Where the rows differ, a token skips or
 * repeats a row, or a page ends where a block or a batch of the engine does.
 */
final class OtherPages implements Relation {
  private static final double SHARE = 0.5;
  private static final int[] PAGE_ROWS = {0, 1, 2, 3, 4, 5, 7, 16, Integer.MAX_VALUE};

  @Override
  public Oracle oracle() {
    return Oracle.R7;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    Rewriting rewriting = new Rewriting(oracle(), workload);
    // A larger limit is taken as this one, which a list shorter than that does not show.
    boolean isAnyLimit = workload.rows().size() < GrantReader.MAX_PAGE_ROWS;
    while (rewriting.hasNext()) {
      Op op = rewriting.next();
      SplittableRandom random = chance.at(op);
      if (!chance.hits(random, SHARE)) {
        rewriting.keep();
      } else if (op instanceof Op.ListRows list) {
        int pageRows = PAGE_ROWS[random.nextInt(PAGE_ROWS.length)];
        rewriting.replace(
            1, List.of(new Op.ListRows(list.via(), list.sync(), list.ask(), pageRows)));
      } else if (isAnyLimit && (isChained(op) || op instanceof Op.Page)) {
        rechunk(rewriting, random);
      } else {
        rewriting.keep();
      }
    }
    return rewriting.variation();
  }

  private static void rechunk(Rewriting rewriting, SplittableRandom random) {
    List<Op> rest = rewriting.rest();
    Op op = rest.get(0);
    int limitRows = rows(op);
    if (rest.size() > 1 && goesOn(op, rest.get(1)) && random.nextBoolean()) {
      long sum = (long) limitRows + rows(rest.get(1));
      rewriting.replace(2, List.of(withRows(op, (int) Math.min(sum, Integer.MAX_VALUE))));
    } else if (limitRows > 1) {
      int first = random.nextInt(1, Math.min(limitRows, 4));
      rewriting.replace(1, List.of(withRows(op, first), withRows(goingOn(op), limitRows - first)));
    } else {
      rewriting.keep();
    }
  }

  /** {@return whether the next operation reads on from where the first one ends} */
  private static boolean goesOn(Op op, Op next) {
    return isChained(next) && withRows(goingOn(op), 1).equals(withRows(next, 1));
  }

  private static boolean isChained(Op op) {
    return op instanceof Op.Resume || op instanceof Op.NextRows;
  }

  /** {@return the operation that reads on after a page, or off a cursor} */
  private static Op goingOn(Op op) {
    return op instanceof Op.Page page ? new Op.Resume(page.token(), page.via(), 1) : op;
  }

  private static int rows(Op op) {
    if (op instanceof Op.Page page) {
      return page.limitRows();
    }
    if (op instanceof Op.Resume resume) {
      return resume.limitRows();
    }
    return op instanceof Op.NextRows next ? next.rows() : 0;
  }

  private static Op withRows(Op op, int rows) {
    if (op instanceof Op.Page page) {
      return new Op.Page(page.token(), page.via(), page.sync(), page.ask(), rows);
    }
    if (op instanceof Op.Resume resume) {
      return new Op.Resume(resume.token(), resume.via(), rows);
    }
    return op instanceof Op.NextRows next ? new Op.NextRows(next.cursor(), rows) : op;
  }
}
