package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.keyvalue.YieldPoint;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Makes calls and writes down when each began and was over. Thread-safe. */
final class Recorder {
  private final Held held;
  private final AtomicLong clock;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  /**
   * Starts with no call.
   *
   * @param held whom calls are made on
   * @param clock counts moments
   */
  Recorder(Held held, AtomicLong clock) {
    this.held = held;
    this.clock = clock;
  }

  Held held() {
    return held;
  }

  /** {@return what came of a call; it is not written down if it found nothing to be made on} */
  Answer call(int lane, String text, Call.Effect effect, Call.Action action) {
    return made(lane, text, effect, action).answer();
  }

  /** {@return the call, with what came of it} */
  Call made(int lane, String text, Call.Effect effect, Call.Action action) {
    YieldPoint.outside("about to call");
    long invoked = clock.incrementAndGet();
    Answer answer = answer(action, held);
    long returned = clock.incrementAndGet();
    Call call = new Call(lane, text, effect, action, answer, invoked, returned);
    if (!answer.isSkipped()) {
      calls.add(call);
    }
    return call;
  }

  /** Writes down that something may have happened at any moment within another call. */
  void within(Call outer, String text, Call.Action action) {
    calls.add(
        new Call(
            outer.lane(),
            text,
            Call.Effect.ALL,
            action,
            Answer.OK,
            outer.invoked(),
            outer.returned()));
  }

  /** {@return the calls so far, by when they began} */
  List<Call> history() {
    return calls.stream().sorted(Comparator.comparingLong(Call::invoked)).toList();
  }

  static Answer answer(Call.Action action, Held held) {
    try {
      return action.on(held);
    } catch (RuntimeException | Error e) {
      return Answer.refused(e);
    }
  }
}
