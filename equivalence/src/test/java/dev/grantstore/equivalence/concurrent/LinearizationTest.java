package dev.grantstore.equivalence.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.concurrent.Call.Action;
import dev.grantstore.equivalence.concurrent.Call.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Held against all orders there are, of histories with few calls. */
final class LinearizationTest {
  private static final int CALLS = 6;

  /** Kinds of calls of which the order of two shows only behind a third, which changes nothing. */
  private static final List<Integer> LATE = List.of(5, 0, 1, 2, 6, 7);

  private static final int HISTORIES = 240;

  /** What a call does, and to whom it shows. */
  private record Kind(Effect effect, Action action) {}

  private static final List<Kind> KINDS =
      List.of(
          put("g", 1),
          put("g", 2),
          put("h", 3),
          new Kind(Effect.ALL, held -> done(() -> held.store().delete("s", "g"))),
          new Kind(Effect.ALL, held -> done(() -> held.store().drop("s"))),
          new Kind(Effect.ALL, LinearizationTest::start),
          new Kind(Effect.NONE, LinearizationTest::get),
          new Kind(Effect.NONE, LinearizationTest::get),
          new Kind(Effect.NONE, held -> Answer.syncs(held.store().syncs())));

  @Test
  void anOrderIsFoundIfThereIsOneAndOnlyThen() {
    int legal = 0;
    for (long seed = 0; seed < HISTORIES; seed++) {
      List<Call> history = history(new Random(seed));
      boolean isLegal = isLegal(history, new ArrayList<>());

      assertThat(Linearization.check(history).isEmpty()).as("seed %d", seed).isEqualTo(isLegal);
      legal += isLegal ? 1 : 0;
    }
    assertThat(legal).as("of both there are many").isBetween(HISTORIES / 10, HISTORIES * 9 / 10);
  }

  /** Answered as if two had changed places, which may or may not have been at the same time. */
  private static List<Call> history(Random random) {
    List<Integer> kinds = new ArrayList<>(LATE);
    if (random.nextBoolean()) {
      kinds.subList(1, CALLS).replaceAll(any -> random.nextInt(KINDS.size()));
    }
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
    int swapped = random.nextInt(1, CALLS - 1);
    Collections.swap(order, swapped, swapped + 1);
    Answer[] answers = new Answer[CALLS];
    Held held = fresh();
    for (int i : order) {
      answers[i] = Recorder.answer(KINDS.get(kinds.get(i)).action(), held);
    }
    List<Call> history = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      Kind kind = KINDS.get(kinds.get(i));
      long invoked = 2L * (20 * i - random.nextInt(18));
      long returned = 2L * (20 * i + random.nextInt(18)) + 1;
      history.add(
          new Call(i, "call " + i, kind.effect(), kind.action(), answers[i], invoked, returned));
    }
    history.sort(Comparator.comparingLong(Call::invoked));
    return history;
  }

  private static boolean isLegal(List<Call> history, List<Call> before) {
    if (before.size() == history.size()) {
      return true;
    }
    for (Call next : history) {
      if (!before.contains(next)
          && history.stream()
              .noneMatch(call -> !before.contains(call) && call.returned() < next.invoked())
          && fits(next, before)) {
        before.add(next);
        if (isLegal(history, before)) {
          return true;
        }
        before.remove(next);
      }
    }
    return false;
  }

  private static boolean fits(Call next, List<Call> before) {
    Held held = fresh();
    for (Call call : before) {
      Recorder.answer(call.action(), held);
    }
    return Recorder.answer(next.action(), held).equals(next.answer());
  }

  private static Held fresh() {
    return Held.ofReference(GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE)));
  }

  private static Answer get(Held held) {
    return new Answer("ok", List.of(held.store().get("s", "g")), List.of());
  }

  private static Kind put(String id, int version) {
    Grant grant =
        Grant.of(
            id,
            new EntitlementRef("", "", "e"),
            new PrincipalRef("", "p"),
            Instant.ofEpochSecond(version));
    return new Kind(Effect.ALL, held -> done(() -> held.store().put("s", grant)));
  }

  private static Answer start(Held held) {
    return Answer.syncs(List.of(held.store().startSync("s", "", Instant.EPOCH)));
  }

  private static Answer done(Runnable call) {
    call.run();
    return Answer.OK;
  }
}
