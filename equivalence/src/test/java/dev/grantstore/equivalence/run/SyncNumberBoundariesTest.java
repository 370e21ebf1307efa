package dev.grantstore.equivalence.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores whose syncs get the numbers at which a byte is added, or carried over. */
final class SyncNumberBoundariesTest {
  private static final int BEFORE = 2;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "mvstore", "lmdb"})
  void syncsStayApartWhateverTheirNumbersAre(String engine) {
    try (Subject memory = ForgetfulSubject.memory();
        Subject subject = FolderSubject.of(engine, folder, 1)) {
      for (int bits : List.of(7, 8, 14, 15, 16, 21, 23, 24, 28, 30)) {
        assertAlike(memory, subject, (1 << bits) - BEFORE);
        assertAlike(memory, subject, (3 << (bits - 1)) - BEFORE);
      }
      assertAlike(memory, subject, Integer.MAX_VALUE - 8);
    }
  }

  private static void assertAlike(Subject memory, Subject subject, int first) {
    Settings numbered = Settings.of(Map.of(Settings.FIRST_SYNC, Integer.toString(first)));
    List<String> syncs = List.of("a", "b", "c", "d");
    Workload workload =
        new Workload(0, List.of("g", "h", "e", "p"), syncs, List.of(numbered), ops(syncs.size()));
    assertThat(Equivalence.compare(workload, memory, subject)).as("first=%d", first).isEmpty();
  }

  /** Every other sync is loaded; each is dropped while its neighbours are there, and made again. */
  private static List<Op> ops(int syncs) {
    List<Op> ops = new ArrayList<>();
    for (int sync = 0; sync < syncs; sync++) {
      make(ops, sync);
    }
    for (int sync = 1; sync < syncs; sync++) {
      ops.add(new Op.Drop(sync));
      for (int other = 0; other < syncs; other++) {
        ops.add(new Op.ListRows(0, other, Ask.scan(), 0));
        ops.add(new Op.ListRows(0, other, Ask.of(new EntitlementIds(2, 2, 2)), 1));
      }
    }
    ops.add(new Op.Crash(0));
    make(ops, 2);
    make(ops, 1);
    ops.add(new Op.Drop(0));
    ops.add(new Op.Settle());
    ops.add(new Op.Reopen(0));
    return ops;
  }

  private static void make(List<Op> ops, int sync) {
    EntitlementIds e = new EntitlementIds(2, 2, 2);
    List<Row> rows =
        List.of(
            new Row(0, e, new PrincipalIds(3, 3), sync * 2 + 1),
            new Row(1, e, new PrincipalIds(3, 2), sync));
    if (sync % 2 == 0) {
      ops.add(new Op.StartSync(sync));
      ops.add(new Op.PutAll(sync, rows));
    } else {
      ops.add(new Op.BulkLoad(sync, rows, 2));
    }
  }
}
