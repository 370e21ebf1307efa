package dev.grantstore.equivalence.check;

import dev.grantstore.Grant;
import dev.grantstore.GrantStoreException;
import dev.grantstore.SyncRun;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a store answered: compared in full, field by field. Immutable.
 *
 * @param outcome how it went in one word: ok, more, end, true, false, skipped, or why it was
 *     refused
 * @param rows the grants, in the order given; empty where one was asked for and is not there
 * @param syncs the syncs, in the order given
 */
public record Answer(String outcome, List<Optional<Grant>> rows, List<SyncRun> syncs) {
  /** A call that went well and has nothing to say. */
  public static final Answer OK = of("ok");

  /** An operation on an empty slot. */
  public static final Answer SKIPPED = of("skipped");

  /** Copies the lists. */
  public Answer {
    Objects.requireNonNull(outcome, "outcome");
    rows = List.copyOf(rows);
    syncs = List.copyOf(syncs);
  }

  /**
   * {@return an answer of one word}
   *
   * @param outcome the word
   */
  public static Answer of(String outcome) {
    return new Answer(outcome, List.of(), List.of());
  }

  /**
   * {@return an answer of grants}
   *
   * @param outcome the word
   * @param grants all there
   */
  public static Answer rows(String outcome, List<Grant> grants) {
    return new Answer(outcome, grants.stream().map(Optional::of).toList(), List.of());
  }

  /**
   * {@return an answer of syncs}
   *
   * @param syncs in the order given
   */
  public static Answer syncs(List<SyncRun> syncs) {
    return new Answer("ok", List.of(), syncs);
  }

  /**
   * {@return why a call was refused: the store's reason, else the type of what was thrown}
   *
   * @param thrown by the call
   */
  public static Answer refused(Throwable thrown) {
    return of(
        thrown instanceof GrantStoreException refusal
            ? refusal.reason().name()
            : thrown.getClass().getSimpleName());
  }

  /** {@return whether nothing was done} */
  public boolean isSkipped() {
    return outcome.equals(SKIPPED.outcome);
  }

  /** {@return whether the store refused} */
  public boolean isRefused() {
    return Character.isUpperCase(outcome.charAt(0));
  }
}
