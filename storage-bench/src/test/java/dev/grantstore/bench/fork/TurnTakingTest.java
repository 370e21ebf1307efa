package dev.grantstore.bench.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Durability;
import dev.grantstore.bench.fork.TurnTaking.Turn;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRequest.Engine;
import dev.grantstore.bench.run.CellRequest.Step;
import dev.grantstore.bench.run.CellRunner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Forks that took turns are asked again together, or not at all. */
final class TurnTakingTest {
  private static final CellRequest NOTHING =
      new CellRequest(
          "none",
          Engine.NULL,
          Map.of(),
          Set.of(Step.MEASURE),
          List.of(),
          1,
          Durability.WAL,
          "none",
          0);

  @Test
  void oneThatHasNotAnsweredIsAskedAgainWithThoseThatHave() throws IOException {
    for (int turns = 1; turns <= 3; turns++) {
      for (int answered = 0; answered < 1 << turns; answered++) {
        boolean areAll = answered == (1 << turns) - 1;
        Set<String> asked = new ConcurrentSkipListSet<>();
        List<Turn> all = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
          boolean has = (answered >> i & 1) != 0;
          all.add(new Turn("fork-" + i, NOTHING, new Kept(has, asked)));
          if (turns == 1 ? !has : !areAll) {
            expected.add("fork-" + i);
          }
        }

        assertThat(TurnTaking.run(all)).hasSize(turns).allMatch(Optional::isPresent);
        assertThat(asked).as("%d turns, answered %d", turns, answered).hasSameElementsAs(expected);
      }
    }
  }

  @Test
  void anInterruptEndsAllOfThemAndIsKept() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(2);
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      turns.add(new Turn("fork-" + i, NOTHING, new Endless(ended)));
    }
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> TurnTaking.run(turns))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("interrupted");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended.getCount()).as("forks that still run").isZero();
  }

  /** Ends when it is interrupted. */
  private record Endless(CountDownLatch ended) implements CellRunner {
    @Override
    public Optional<Answer> run(String name, CellRequest request) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        ended.countDown();
        Thread.currentThread().interrupt();
      }
      return Optional.empty();
    }

    @Override
    public boolean hasAnswered(String name) {
      return false;
    }

    @Override
    public void forget(String name) {}
  }

  /** Answers from what is kept, as a launcher of forks does. */
  private static final class Kept implements CellRunner {
    private final Set<String> asked;
    private boolean has;

    private Kept(boolean has, Set<String> asked) {
      this.has = has;
      this.asked = asked;
    }

    @Override
    public Optional<Answer> run(String name, CellRequest request) {
      if (!has) {
        asked.add(name);
      }
      return Optional.of(Answer.failed(CellFailure.Kind.FAILED, name));
    }

    @Override
    public boolean hasAnswered(String name) {
      return has;
    }

    @Override
    public void forget(String name) {
      has = false;
    }
  }
}
