package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * R16: sealed syncs saved to a container, dropped, and taken out of it again; and containers saved
 * and read, syncs compared, and merged into one that goes again, in between.
 *
 * <p>A sync that comes out of a container is the one that was saved: rows, type, times and digest.
 * Tokens hold, which name the sync and a place. To save, to compare and to merge reads what is
 * there and changes none of it. Where an answer differs, a container or a load from it loses or
 * changes something, or a drop leaves something behind.
 */
final class ThroughContainers implements Relation {
  private static final double SHARE = 0.7;
  private static final double READS_PER_WORKLOAD = 2;
  private static final String SPARE = "spare";

  @Override
  public Oracle oracle() {
    return Oracle.R16;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    Workload base = withSpare(workload);
    int spare = base.syncs().size() - 1;
    Rewriting rewriting = new Rewriting(oracle(), base);
    Contents contents = new Contents(base);
    while (rewriting.hasNext()) {
      Op op = rewriting.next();
      SplittableRandom random = chance.at(op);
      List<Integer> before = sealed(contents, base);
      rewriting.keep();
      contents.apply(op);
      List<Integer> after = sealed(contents, base);
      List<Integer> made = after.stream().filter(sync -> !before.contains(sync)).toList();
      if (!made.isEmpty() && chance.hits(random, SHARE)) {
        made.forEach(sync -> move(rewriting, sync, spare));
      } else if (!after.isEmpty() && chance.hits(random, READS_PER_WORKLOAD / base.ops().size())) {
        read(rewriting, random, after, spare);
      }
    }
    return rewriting.variation();
  }

  /** What comes of it is told by the flush behind: all that is there is compared. */
  private static void move(Rewriting rewriting, int sync, int spare) {
    rewriting.add(new Op.Ingest(sync, spare));
    rewriting.add(new Op.Drop(sync));
    rewriting.add(new Op.Ingest(spare, sync));
    rewriting.add(new Op.Drop(spare));
    rewriting.insert(new Op.Flush());
  }

  private static void read(
      Rewriting rewriting, SplittableRandom random, List<Integer> sealed, int spare) {
    int one = sealed.get(random.nextInt(sealed.size()));
    int other = sealed.get(random.nextInt(sealed.size()));
    rewriting.add(new Op.SaveOpen());
    rewriting.add(new Op.Diff(one, other));
    rewriting.add(new Op.Merge(List.of(one, other), random.nextInt(3), spare));
    rewriting.add(new Op.Drop(spare));
    rewriting.insert(new Op.Flush());
  }

  private static List<Integer> sealed(Contents contents, Workload workload) {
    return IntStream.range(0, workload.syncs().size()).filter(contents::isSealed).boxed().toList();
  }

  /** {@return the workload with one more sync, which it does not use} */
  private static Workload withSpare(Workload workload) {
    String id = SPARE;
    while (workload.syncs().contains(id)) {
      id += SPARE;
    }
    List<String> syncs = new ArrayList<>(workload.syncs());
    syncs.add(id);
    return new Workload(
        workload.seed(), workload.ids(), syncs, workload.settings(), workload.ops());
  }
}
