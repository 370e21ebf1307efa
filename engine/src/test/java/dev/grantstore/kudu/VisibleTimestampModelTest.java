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
 * several tablets, move the visible timestamp, die or go on although they were replaced, of their
 * signs of life, and of their successors' recovery.
 *
 * <p>A writer may stop for good at any place, since no step of it has to be taken; and it may go on
 * at any time, since a lease that has ended stops nobody. Each tablet has a clock of its own.
 */
final class VisibleTimestampModelTest {
  private static final int SYSTEM = 0;

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
    ACKNOWLEDGED_EARLY,
    /** A sign of life shows what was sent of a write that is under way. */
    SIGN_SHOWS_A_WRITE,
    /** It is asked whether all is known, and later whether somebody writes, for a sign of life. */
    SIGN_ASKS_TWICE;

    boolean isOfSigns() {
      return this == SIGN_SHOWS_A_WRITE || this == SIGN_ASKS_TWICE;
    }
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
    FAILED,
    DONE
  }

  /** What a writer's next sign of life is at; each gives one. */
  private enum Sign {
    DUE,
    /** Somebody has asked whether all is known, and it was. */
    ASKED,
    /** It has its timestamp, and is on its way. */
    SENT,
    GIVEN
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

  /**
   * One writer; {@code done} are the tablets that this step was taken at, {@code signed} is what
   * its sign of life shows.
   */
  private record Writer(
      Step step, int done, int seen, int visible, int batch, Sign sign, int signed) {
    Writer at(Step next) {
      return new Writer(next, 0, seen, visible, batch, sign, signed);
    }

    Writer having(int tablet) {
      return new Writer(step, done | 1 << tablet, seen, visible, batch, sign, signed);
    }

    Writer seeing(int time) {
      return new Writer(step, done, Math.max(seen, time), visible, batch, sign, signed);
    }

    Writer showing(int time) {
      return new Writer(step, done, seen, time, batch, sign, signed);
    }

    Writer next(Step next) {
      return new Writer(next, 0, seen, visible, batch + 1, sign, signed);
    }

    Writer giving(Sign next, int time) {
      return new Writer(step, done, seen, visible, batch, next, time);
    }

    /** Whether rows of it may be there that are not to be seen, as far as it says. */
    boolean isWriting() {
      return step == Step.SHOW || step == Step.ACKNOWLEDGE || (step == Step.FLUSH && done != 0);
    }

    boolean hasBegun() {
      return isWriting() || step == Step.FLUSH || step == Step.FAILED || step == Step.DONE;
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

  private int writers = 3;

  /** The system's tablet, and others. */
  private int tablets = 2;

  /** How many batches each writer has, one after the other. */
  private int batches = 1;

  /** Whether writers give signs of life. */
  private boolean signs;

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
  @Tag("deep")
  void everyInterleavingOfThreeWritersSignsOfLife() {
    signs = true;
    assertThat(explore(Bug.NONE)).isEmpty();
  }

  @Test
  void everyInterleavingOfSignsOfLifeShowsWholeBatches() {
    writers = 2;
    signs = true;
    assertThat(explore(Bug.NONE)).isEmpty();
    assertThat(found.size()).as("so many states that something was tried").isGreaterThan(1_000);
  }

  @Test
  void everyInterleavingShowsWholeBatchesAndKeepsWhatWasAcknowledged() {
    assertThat(explore(Bug.NONE)).isEmpty();
    assertThat(found.size()).as("so many states that something was tried").isGreaterThan(2_000);
  }

  @ParameterizedTest
  @EnumSource(value = Bug.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void everyBugIsFound(Bug bug) {
    signs = bug.isOfSigns();
    assertThat(explore(bug)).isPresent();
  }

  private Optional<String> explore(Bug bug) {
    List<Tablet> all = new ArrayList<>();
    for (int tablet = 0; tablet < tablets; tablet++) {
      all.add(new Tablet(SKEW[tablet], 1, List.of()));
    }
    List<Writer> first = new ArrayList<>();
    first.add(new Writer(Step.FLUSH, 0, 0, 1, 0, Sign.DUE, 0));
    for (int writer = 1; writer < writers; writer++) {
      first.add(new Writer(Step.WAITING, 0, 0, 0, 0, Sign.DUE, 0));
    }
    add(new State(List.copyOf(all), List.of(new Shown(1, 0)), List.copyOf(first)));
    try {
      while (!left.isEmpty()) {
        State state = left.pop();
        for (int writer = 0; writer < writers; writer++) {
          step(state, writer, bug);
          if (signs) {
            sign(state, writer, bug);
          }
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
        if (signs && writer.done != 0) {
          add(state.with(index, writer.at(Step.FAILED)));
        }
        if (bug == Bug.TIMESTAMP_BEFORE_FLUSH && Integer.bitCount(writer.done) == tablets - 1) {
          show(state, index, value(index, writer), Step.ACKNOWLEDGE, bug);
        }
      }
      case SHOW -> {
        // It waits for a sign of life that is on its way.
        if (writer.sign != Sign.SENT) {
          show(state, index, value(index, writer), Step.ACKNOWLEDGE, bug);
        }
      }
      case ACKNOWLEDGE -> {
        int value = value(index, writer);
        require(
            state.shown.stream().anyMatch(shown -> shown.value == value),
            "acknowledged and not there: " + value + " in " + state);
        Step next = writer.batch + 1 < batches ? Step.FLUSH : Step.DONE;
        add(state.with(index, writer.next(next)));
      }
      case FAILED, DONE -> {}
    }
  }

  /** Takes a step of the thread that gives signs of life, which is another than the writer's. */
  private void sign(State state, int index, Bug bug) {
    Writer writer = state.writers.get(index);
    boolean isWhole = writer.hasBegun() && writer.step != Step.FAILED;
    switch (writer.sign) {
      case DUE -> {
        if (isWhole && bug == Bug.SIGN_ASKS_TWICE) {
          add(state.with(index, writer.giving(Sign.ASKED, 0)));
        } else if (isWhole && (!writer.isWriting() || bug == Bug.SIGN_SHOWS_A_WRITE)) {
          add(state.with(index, sent(writer)));
        }
      }
      case ASKED -> {
        if (!writer.isWriting()) {
          add(state.with(index, sent(writer)));
        }
      }
      case SENT -> {
        if (state.tablets.get(SYSTEM).fence == index + 1) {
          List<Shown> shown = new ArrayList<>(state.shown);
          shown.add(new Shown(writer.signed, state.last().value));
          Writer next = writer.showing(writer.signed).giving(Sign.GIVEN, 0);
          add(new State(state.tablets, List.copyOf(shown), state.writers).with(index, next));
        }
      }
      case GIVEN -> {}
    }
  }

  /** Rows that are sent from now on come after it. */
  private static Writer sent(Writer writer) {
    return writer.giving(Sign.SENT, Math.max(writer.seen + 1, writer.visible));
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
