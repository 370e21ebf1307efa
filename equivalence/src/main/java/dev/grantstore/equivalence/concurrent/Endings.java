package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Payload;
import dev.grantstore.equivalence.workload.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes some programs of others: of one of so many, grants that end, and what expires them in the
 * place of another write; of one of so many, batches with resume tokens. All others stay as they
 * were. One thread, used once.
 */
final class Endings {
  private static final int ONE_OF = 4;

  /** At which half of the ends have passed. */
  private static final int AS_OF = 3;

  private final Random random;
  private final boolean expires;
  private final boolean resumes;

  private Endings(long seed, Set<String> without) {
    random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    random.nextLong();
    expires = random.nextInt(ONE_OF) == 0 && !without.contains("expire");
    resumes = random.nextInt(ONE_OF) == 0 && !without.contains("resumeToken");
  }

  /** {@return the program, or another like it} */
  static Program mixInto(Program program, long seed, Set<String> without) {
    Endings mixing = new Endings(seed, without);
    if (!mixing.expires && !mixing.resumes) {
      return program;
    }
    List<List<Op>> lanes = new ArrayList<>();
    program.lanes().forEach(lane -> lanes.add(mixing.mixed(lane)));
    List<Op> setup = mixing.mixed(program.setup().ops());
    if (mixing.expires) {
      List<Op> lane = lanes.get(mixing.random.nextInt(lanes.size()));
      lane.set(mixing.random.nextInt(lane.size()), new Op.Expire(0, AS_OF));
    }
    return new Program(program.setup().withOps(setup), lanes);
  }

  private List<Op> mixed(List<Op> ops) {
    List<Op> mixed = new ArrayList<>();
    for (Op op : ops) {
      if (op instanceof Op.PutAll all) {
        int token = resumes ? 1 + random.nextInt(2) : 0;
        mixed.add(new Op.PutAll(all.sync(), all.rows().stream().map(this::ending).toList(), token));
      } else if (op instanceof Op.Put put) {
        mixed.add(new Op.Put(put.sync(), ending(put.row())));
      } else if (op instanceof Op.Get get && resumes && random.nextBoolean()) {
        mixed.add(new Op.ListSyncs(get.via()));
      } else {
        mixed.add(op);
      }
    }
    return mixed;
  }

  /** Some rows end; of those that do, some later than others. */
  private Row ending(Row row) {
    if (!expires || random.nextInt(3) == 0) {
      return row;
    }
    int end = (1 | (random.nextInt(Payload.INSTANTS) << 1)) << 16;
    return new Row(row.id(), row.entitlement(), row.principal(), row.value() | end);
  }
}
