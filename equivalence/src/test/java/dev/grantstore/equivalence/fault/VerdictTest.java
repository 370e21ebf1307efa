package dev.grantstore.equivalence.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.OpenMode;
import dev.grantstore.equivalence.fault.Verdict.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What passes between a campaign and the process that judges, and how it is counted. */
final class VerdictTest {
  /** Which kinds end a campaign as found is written down here once more. */
  private static final Set<Kind> FINDINGS =
      EnumSet.of(Kind.ROW, Kind.UNAVAILABLE, Kind.SILENT, Kind.RAW, Kind.HANG, Kind.DEAD);

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aLineSaysAllOfAVerdict(Kind kind) {
    for (int steps : new int[] {-1, 0, 1, Integer.MAX_VALUE}) {
      for (String detail : List.of("", "a", "a  b ", "verdict RIGHT 3 no", "é\u0000")) {
        Verdict verdict = new Verdict(kind, steps, detail);
        assertThat(Verdict.isLine(verdict.line())).isTrue();
        assertThat(verdict.line().lines()).hasSize(1);
        assertThat(Verdict.parse(verdict.line())).isEqualTo(verdict);
      }
    }
    assertThat(new Verdict(kind, 1, "a\n  b\r\nc").detail()).isEqualTo("a | b | c");
    assertThat(kind.isFinding()).isEqualTo(FINDINGS.contains(kind));
  }

  @Test
  void whatAProcessSaysBesidesIsNoVerdict() {
    assertThat(Verdict.isLine("")).isFalse();
    assertThat(Verdict.isLine("a verdict RIGHT 1 ")).isFalse();
    assertThat(Verdict.isLine("# A fatal error")).isFalse();
  }

  @Test
  void aLineSaysAllOfATrial() {
    for (int flags = 0; flags < 4; flags++) {
      for (OpenMode mode : OpenMode.values()) {
        Trial trial =
            new Trial(
                "rocksdb",
                Path.of("/a b\tc"),
                mode,
                Long.MIN_VALUE + flags,
                3,
                Integer.MAX_VALUE,
                (flags & 1) != 0,
                (flags & 2) != 0);
        assertThat(Trial.parse(trial.line())).isEqualTo(trial);
        assertThat(Trial.parse(trial.of(Path.of("/d")).line()).store()).isEqualTo(Path.of("/d"));
      }
    }
    assertThatThrownBy(() -> Trial.parse("rocksdb\tOPEN\t1\t2\t3\ttrue\tfalse"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Each kind of verdict that a campaign of that kind can have stands in one column. */
  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void eachCaseStandsInOneColumn(FaultKind kind) {
    Set<Kind> possible =
        switch (kind) {
          case DAMAGE -> EnumSet.complementOf(EnumSet.of(Kind.UNAVAILABLE));
          case LOSS -> EnumSet.complementOf(EnumSet.of(Kind.UNAVAILABLE, Kind.ROW, Kind.PAGE));
          case KILL -> EnumSet.complementOf(EnumSet.of(Kind.REFUSED, Kind.ROW, Kind.PAGE));
        };
    FaultTally tally = new FaultTally(kind, "lmdb", 7);
    int cases = 0;
    int found = 0;
    int times = 1;
    for (Kind each : possible) {
      // So many of each that no two sums are alike.
      for (int i = 0; i < times; i++) {
        tally.add(Verdict.of(each, "CORRUPTION of " + i), "cut");
        cases++;
        found += FINDINGS.contains(each) ? 1 : 0;
      }
      times *= 2;
    }

    assertThat(tally.cases()).isEqualTo(cases);
    assertThat(tally.findings()).hasSize(found);
    List<Integer> counted = new ArrayList<>();
    String[] cells = tally.row().split(" \\| |\\| | \\|", -1);
    for (int i = 0; i < kind.columns().size(); i++) {
      String column = kind.columns().get(i);
      if (!Set.of("engine", "cases", "killed in", "acknowledged calls").contains(column)) {
        counted.add(Integer.parseInt(cells[i + 1].split(" ", 2)[0]));
      }
    }
    assertThat(counted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(cases);
    int seen = counted.stream().mapToInt(Integer::intValue).reduce(0, (a, b) -> a | b);
    assertThat(seen).isEqualTo(cases);
    assertThat(tally.row()).startsWith("| lmdb | " + cases + " | ");
    assertThat(tally.text()).contains("seed 7: " + cases + " cases");
  }

  @Test
  void whatWasAcknowledgedAndRefusedIsCounted() {
    FaultTally tally = new FaultTally(FaultKind.KILL, "lmdb", 7);
    tally.killed("SEAL", 3);
    tally.killed("SEAL", 0);
    tally.killed("DROP", 4);
    tally.add(Verdict.of(Kind.RIGHT, ""), "a");

    assertThat(tally.row()).startsWith("| lmdb | 1 | drop 1, seal 2 | 7 | 1 |");

    FaultTally damage = new FaultTally(FaultKind.DAMAGE, "lmdb", 7);
    damage.add(Verdict.of(Kind.REFUSED, "IO of get"), "a");
    damage.add(Verdict.of(Kind.REFUSED, "IO of put"), "b");
    damage.add(Verdict.of(Kind.REFUSED, "CORRUPTION of get"), "c");
    assertThat(damage.row()).contains("| 3 (corruption 1, io 2) |");
    assertThat(damage.findings()).isEmpty();
  }
}
