package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantReader;
import dev.grantstore.bench.measure.AnswerKey;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Operation;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.testengine.ManualTicker;
import dev.grantstore.bench.testengine.Subjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of many answers are compared in full. */
final class ReadBenchmarkTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1, 1",
    "7, 5, 1, 1",
    "10000, 10000, 1, 1",
    "10001, 3, 2, 1",
    "25000, 20001, 3, 3",
    "3, 10001, 1, 2"
  })
  void atMostTenThousandHitsAndMissesSpreadOverAll(
      int hits, int misses, int everyHit, int everyMiss) {
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < hits; i += everyHit) {
      expected.add(i);
    }
    for (int i = 0; i < misses; i += everyMiss) {
      expected.add(hits + i);
    }
    Asked asked = new Asked(hits, misses);
    Duration briefly = Duration.ofMillis(1);

    Subject subject = Subjects.timed(new ManualTicker(100_000), Subjects.inMemory());
    asked.measure(subject, CellSettings.closed(briefly, briefly, 1, 0.5, 1), new Halt());

    assertThat(asked.verified).isEqualTo(expected);
  }

  /** Right whatever is asked; notes what is compared in full. */
  private static final class Asked implements ReadBenchmark, Questions {
    private final List<Integer> verified = new ArrayList<>();
    private final AnswerKey key;

    Asked(int hits, int misses) {
      this.key = new AnswerKey(new long[hits + misses], new long[hits + misses], hits);
    }

    @Override
    public Questions questions(Subject subject, CellSettings settings, Halt halt) {
      return this;
    }

    @Override
    public String name() {
      return "asked";
    }

    @Override
    public String title() {
      return "asked";
    }

    @Override
    public String description() {
      return "asked";
    }

    @Override
    public LookedAt lookedAt() {
      return LookedAt.GRANT_ID;
    }

    @Override
    public boolean countsRows() {
      return false;
    }

    @Override
    public KeyCount keys() {
      return KeyCount.NONE;
    }

    @Override
    public AnswerKey key() {
      return key;
    }

    @Override
    public Operation operation(GrantReader reader) {
      return question -> 0;
    }

    @Override
    public void verify(int question) {
      verified.add(question);
    }

    @Override
    public String name(int question) {
      return "question " + question;
    }
  }
}
