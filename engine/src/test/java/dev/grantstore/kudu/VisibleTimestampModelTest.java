package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The protocol of rfc/0011 without a cluster: all interleavings of writers that flush rows into
 * several tablets, move the visible timestamp, die or go on although they were replaced, and of
 * their successors' recovery.
 *
 * <p>A writer may stop for good at any place, since no step of it has to be taken; and it may go on
 * at any time, since a lease that has ended stops nobody. Each tablet has a clock of its own.
 */
final class VisibleTimestampModelTest {
  private static final int SYSTEM = 0;
  private static final int WRITERS = 3;

  /** How far each tablet's clock is ahead at first. */
  private static final int[] SKEW = {5, 0, 9};

  /** What is done wrong. */
  enum Bug {
    NONE,
    /** The timestamp is moved before the last tablet is flushed. */
    TIMESTAMP_BEFORE_FLUSH,
    /** The rollback leaves one tablet out. */
    ROLLBACK_MISSES_ONE,
    /** Rows of a writer that was replaced are taken. */
    ROWS_NOT_FENCED,
    /** The timestamp of a writer that was replaced is taken. */
    TIMESTAMP_NOT_FENCED,
    /** The successor reads the timestamp first and fences then. */
    FENCES_LATE,
    /** A tablet does not take note of the times that the writer has seen. */
    TIMES_NOT_PROPAGATED,
    /** A write is acknowledged once it is flushed, before the timestamp is moved. */
    ACKNOWLEDGED_EARLY
  }

  /** What a writer does next. */
  private enum Step {
    WAITING,
    READ_EARLY,
    FENCE,
    READ,
    ROLL_BACK,
    SHOW_RECOVERED,
    FLUSH,
    SHOW,
    ACKNOWLEDGE,
    DONE
  }

  private record Version(int time, int value) {}

  private record Tablet(int clock, int fence, List<Version> versions) {
    int valueAt(int time) {
      int value = 0;
      for (Version version : versions) {
        value = version.time < time ? version.value : value;
      }
      return value;
    }
  }

  /** What is seen by whoever reads at a timestamp that was shown. */
  private record Shown(int time, int value) {}

  /** One writer; {@code done} are the tablets that this step was taken at. */
  private record Writer(Step step, int done, int seen, int visible, int batch) {
    Writer at(Step next) {
      return new Writer(next, 0, seen, visible, batch);
    }

    Writer having(int tablet) {
      return new Writer(step, done | 1 << tablet, seen, visible, batch);
    }

    Writer seeing(int time) {
      return new Writer(step, done, Math.max(seen, time), visible, batch);
    }

    Writer showing(int time) {
      return new Writer(step, done, seen, time, batch);
    }
  }

  private record State(List<Tablet> tablets, List<Shown> shown, List<Writer> writers) {
    State with(int writer, Writer next) {
      List<Writer> changed = new ArrayList<>(writers);
      changed.set(writer, next);
      return new State(tablets, shown, List.copyOf(changed));
    }

    State with(Tablet next, int tablet) {
      List<Tablet> changed = new ArrayList<>(tablets);
      changed.set(tablet, next);
      return new State(List.copyOf(changed), shown, writers);
    }

    Shown last() {
      return shown.get(shown.size() - 1);
    }
  }

  private static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenException(String message) {
      super(message);
    }
  }

  /** The system's tablet, and others. */
  private int tablets = 2;

  /** How many batches each writer has, one after the other. */
  private int batches = 1;

  private final Set<State> found = new HashSet<>();
  private final Deque<State> left = new ArrayDeque<>();

  @Test
  @Tag("deep")
  void everyInterleavingOfThreeTablets() {
    tablets = 3;
    assertThat(explore(Bug.NONE)).isEmpty();
  }

  @Test
  @Tag("deep")
  void everyInterleavingOfTwoBatches() {
    batches = 2;
    assertThat(explore(Bug.NONE)).isEmpty();
  }

  @Test
  void everyInterleavingShowsWholeBatchesAndKeepsWhatWasAcknowledged() {
    assertThat(explore(Bug.NONE)).isEmpty();
    assertThat(found.size()).as("so many states that something was tried").isGreaterThan(2_000);
  }

  @ParameterizedTest
  @EnumSource(value = Bug.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void everyBugIsFound(Bug bug) {
    assertThat(explore(bug)).isPresent();
  }

  private Optional<String> explore(Bug bug) {
    List<Tablet> all = new ArrayList<>();
    for (int tablet = 0; tablet < tablets; tablet++) {
      all.add(new Tablet(SKEW[tablet], 1, List.of()));
    }
    List<Writer> writers = new ArrayList<>();
    writers.add(new Writer(Step.FLUSH, 0, 0, 1, 0));
    for (int writer = 1; writer < WRITERS; writer++) {
      writers.add(new Writer(Step.WAITING, 0, 0, 0, 0));
    }
    add(new State(List.copyOf(all), List.of(new Shown(1, 0)), List.copyOf(writers)));
    try {
      while (!left.isEmpty()) {
        State state = left.pop();
        for (int writer = 0; writer < WRITERS; writer++) {
          step(state, writer, bug);
        }
      }
      return Optional.empty();
    } catch (BrokenException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void add(State state) {
    if (found.add(state)) {
      for (Shown shown : state.shown) {
        for (Tablet tablet : state.tablets) {
          require(
              tablet.valueAt(shown.time) == shown.value,
              "not one batch, or another than before, at " + shown + " in " + state);
        }
      }
      left.push(state);
    }
  }

  private void step(State state, int index, Bug bug) {
    Writer writer = state.writers.get(index);
    switch (writer.step) {
      case WAITING -> {
        if (state.writers.get(index - 1).step != Step.WAITING) {
          Step first = bug == Bug.FENCES_LATE ? Step.READ_EARLY : Step.FENCE;
          add(state.with(index, writer.at(first)));
        }
      }
      case READ_EARLY -> add(state.with(index, read(state, writer).at(Step.FENCE)));
      case FENCE -> onEach(state, index, tablet -> fence(state, index, tablet), bug);
      case READ -> add(state.with(index, read(state, writer).at(Step.ROLL_BACK)));
      case ROLL_BACK -> onEach(state, index, tablet -> rollBack(state, index, tablet, bug), bug);
      case SHOW_RECOVERED -> show(state, index, state.last().value, Step.FLUSH, bug);
      case FLUSH -> {
        onEach(state, index, tablet -> write(state, index, tablet, value(index, writer), bug), bug);
        if (bug == Bug.TIMESTAMP_BEFORE_FLUSH && Integer.bitCount(writer.done) == tablets - 1) {
          show(state, index, value(index, writer), Step.ACKNOWLEDGE, bug);
        }
      }
      case SHOW -> show(state, index, value(index, writer), Step.ACKNOWLEDGE, bug);
      case ACKNOWLEDGE -> {
        int value = value(index, writer);
        require(
            state.shown.stream().anyMatch(shown -> shown.value == value),
            "acknowledged and not there: " + value + " in " + state);
        Step next = writer.batch + 1 < batches ? Step.FLUSH : Step.DONE;
        add(state.with(index, new Writer(next, 0, writer.seen, writer.visible, writer.batch + 1)));
      }
      case DONE -> {}
    }
  }

  private interface AtTablet {
    Optional<State> done(int tablet);
  }

  /** Takes a step at each tablet that it was not taken at, in any order. */
  private void onEach(State state, int index, AtTablet action, Bug bug) {
    for (int tablet = 0; tablet < tablets; tablet++) {
      if ((state.writers.get(index).done & 1 << tablet) == 0) {
        action.done(tablet).ifPresent(next -> add(afterEach(next, index, bug)));
      }
    }
  }

  private State afterEach(State state, int index, Bug bug) {
    Writer writer = state.writers.get(index);
    if (writer.done != (1 << tablets) - 1) {
      return state;
    }
    Step next =
        switch (writer.step) {
          case FENCE -> bug == Bug.FENCES_LATE ? Step.ROLL_BACK : Step.READ;
          case ROLL_BACK -> Step.SHOW_RECOVERED;
          default -> bug == Bug.ACKNOWLEDGED_EARLY ? Step.ACKNOWLEDGE : Step.SHOW;
        };
    return state.with(index, writer.at(next));
  }

  /** No step where somebody newer was: whoever finds that gives up. */
  private static Optional<State> fence(State state, int index, int tablet) {
    Tablet at = state.tablets.get(tablet);
    int epoch = index + 1;
    if (at.fence > epoch) {
      return Optional.empty();
    }
    return Optional.of(
        state
            .with(new Tablet(at.clock, epoch, at.versions), tablet)
            .with(index, state.writers.get(index).having(tablet)));
  }

  private static Writer read(State state, Writer writer) {
    return writer.showing(state.last().time).seeing(state.last().time - 1);
  }

  /** Asks a tablet for what is there now and what was at the timestamp, and writes the latter. */
  private Optional<State> rollBack(State state, int index, int tablet, Bug bug) {
    Writer writer = state.writers.get(index);
    Tablet at = state.tablets.get(tablet);
    int before = at.valueAt(writer.visible);
    boolean missed = bug == Bug.ROLLBACK_MISSES_ONE && tablet == tablets - 1;
    if (missed || before == at.valueAt(Integer.MAX_VALUE)) {
      return Optional.of(state.with(index, writer.having(tablet).seeing(at.clock)));
    }
    return write(state, index, tablet, before, bug);
  }

  private static Optional<State> write(State state, int index, int tablet, int value, Bug bug) {
    Writer writer = state.writers.get(index);
    Tablet at = state.tablets.get(tablet);
    if (at.fence != index + 1 && bug != Bug.ROWS_NOT_FENCED) {
      return Optional.empty();
    }
    int known = bug == Bug.TIMES_NOT_PROPAGATED ? at.clock : Math.max(at.clock, writer.seen);
    List<Version> versions = new ArrayList<>(at.versions);
    versions.add(new Version(known + 1, value));
    return Optional.of(
        state
            .with(new Tablet(known + 1, at.fence, List.copyOf(versions)), tablet)
            .with(index, writer.having(tablet).seeing(known + 1)));
  }

  /** Moves the timestamp behind all that the writer has seen. */
  private void show(State state, int index, int value, Step next, Bug bug) {
    Writer writer = state.writers.get(index);
    if (state.tablets.get(SYSTEM).fence != index + 1 && bug != Bug.TIMESTAMP_NOT_FENCED) {
      return;
    }
    int time = Math.max(writer.seen + 1, writer.visible);
    List<Shown> shown = new ArrayList<>(state.shown);
    shown.add(new Shown(time, value));
    add(
        new State(state.tablets, List.copyOf(shown), state.writers)
            .with(index, writer.showing(time).at(next)));
  }

  private static int value(int index, Writer writer) {
    return (index + 1) * 10 + writer.batch;
  }

  private static void require(boolean holds, String broken) {
    if (!holds) {
      throw new BrokenException(broken);
    }
  }
}
