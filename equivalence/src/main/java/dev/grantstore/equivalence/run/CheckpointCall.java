package dev.grantstore.equivalence.run;

import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Audit;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.workload.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes a checkpoint of a store and answers what is in it, if it does not contradict itself and is
 * a store of its own: it takes no token of the other, and what is written to it is in it and
 * nowhere else. Of a store that makes none, what is in the store.
 */
final class CheckpointCall {
  private static final int PAGE_ROWS = 2;

  /** No workload's: longer than its syncs' names. */
  private static final String OWN = "the checkpoint's own";

  private final GrantStore store;
  private final Workload workload;
  private final Subject subject;

  CheckpointCall(GrantStore store, Workload workload, Subject subject) {
    this.store = store;
    this.workload = workload;
    this.subject = subject;
  }

  Answer make() {
    Answer right = content(store);
    Optional<GrantStore> checkpoint = subject.checkpoint(store);
    if (checkpoint.isEmpty()) {
      return right;
    }
    try (GrantStore copy = checkpoint.get()) {
      Answer held = content(copy);
      if (!held.equals(right)) {
        return held;
      }
      Optional<Divergence> found =
          new Audit(workload).contradiction("checkpoint", 0, copy, PAGE_ROWS);
      if (found.isPresent()) {
        Answer actual = found.get().actual();
        return new Answer(
            "checkpoint contradicts itself: " + actual.outcome(), actual.rows(), actual.syncs());
      }
      return problem(copy, right.syncs()).map(Answer::of).orElse(held);
    }
  }

  /** {@return all that a store holds} */
  static Answer content(GrantReader reader) {
    Answer all = Audit.content(reader);
    return new Answer("ok " + all.outcome(), all.rows(), all.syncs());
  }

  private Optional<String> problem(GrantStore copy, List<SyncRun> syncs) {
    Answer before = content(store);
    for (SyncRun run : syncs) {
      if (takesToken(copy, run.id())) {
        return Optional.of("checkpoint takes page tokens of its store");
      }
      if (!SyncCalls.digestsAreOf(copy, run.id())) {
        return Optional.of("checkpoint keeps other digests of entitlements");
      }
    }
    copy.startSync(OWN, "", Instant.EPOCH);
    for (SyncRun run : syncs) {
      if (run.state() == SyncRun.State.OPEN) {
        copy.seal(run.id(), Instant.EPOCH);
      } else {
        copy.drop(run.id());
      }
    }
    if (!content(store).equals(before)) {
      return Optional.of("what is written to a checkpoint is in its store");
    }
    long open = syncs.stream().filter(run -> run.state() == SyncRun.State.OPEN).count();
    return copy.sync(OWN).isPresent() && copy.syncs().size() == open + 1
        ? Optional.empty()
        : Optional.of("what is written to a checkpoint is not in it");
  }

  private boolean takesToken(GrantStore copy, String syncId) {
    GrantQuery query = new GrantQuery.Scan(syncId);
    GrantPage page = store.page(query, 1, PageToken.START);
    if (page.next().isEmpty()) {
      return false;
    }
    try {
      copy.page(query, 1, page.next().get());
      return true;
    } catch (GrantStoreException e) {
      if (e.reason() == Reason.INVALID_PAGE_TOKEN) {
        return false;
      }
      throw e;
    }
  }
}
