package dev.grantstore.equivalence.relation;

import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.check.Answer;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What answers are made into before a workload's are held against its variation's. Immutable. */
public sealed interface Mapping {
  /** Answers are equal as they are. */
  Mapping SAME = new Same();

  /** Answers are equal but for the types of syncs. */
  Mapping UNTYPED = new Untyped();

  /** Answers are equal but for when grants expire, and for sums of digests. */
  Mapping ENDLESS = new Endless();

  /**
   * {@return what is compared for the workload}
   *
   * @param answer the workload's
   */
  Answer ofBase(Answer answer);

  /**
   * {@return what is compared for the variation}
   *
   * @param answer the variation's
   */
  Answer ofVaried(Answer answer);

  /** Changes nothing. */
  record Same() implements Mapping {
    @Override
    public Answer ofBase(Answer answer) {
      return answer;
    }

    @Override
    public Answer ofVaried(Answer answer) {
      return answer;
    }
  }

  /** Leaves the types of syncs out: a load and a start give different ones. */
  record Untyped() implements Mapping {
    @Override
    public Answer ofBase(Answer answer) {
      return changed(answer, grant -> grant, Untyped::withoutType);
    }

    @Override
    public Answer ofVaried(Answer answer) {
      return ofBase(answer);
    }

    private static SyncRun withoutType(SyncRun run) {
      return new SyncRun(
          run.id(), "", run.startedAt(), run.endedAt(), run.digest(), run.resumeToken());
    }
  }

  /**
   * Puts a prefix before every id of a grant and of a sync. The sums of digests, which are of the
   * ids too, are left out, their counts are not.
   *
   * @param prefix the same before each
   */
  record Prefixed(String prefix) implements Mapping {
    @Override
    public Answer ofBase(Answer answer) {
      return changed(answer, this::prefixed, run -> withoutSum(prefix + run.id(), run));
    }

    @Override
    public Answer ofVaried(Answer answer) {
      return changed(answer, grant -> grant, run -> withoutSum(run.id(), run));
    }

    private Grant prefixed(Grant grant) {
      EntitlementRef e = grant.entitlement();
      PrincipalRef p = grant.principal();
      return new Grant(
          prefix + grant.id(),
          new EntitlementRef(
              prefix + e.resourceTypeId(), prefix + e.resourceId(), prefix + e.entitlementId()),
          new PrincipalRef(prefix + p.resourceTypeId(), prefix + p.resourceId()),
          grant.discoveredAt(),
          grant.needsExpansion(),
          grant.expansion(),
          grant.sources(),
          grant.annotations(),
          grant.expiresAt());
    }
  }

  /** Leaves out when grants expire, and the sums of digests, which are of that too. */
  record Endless() implements Mapping {
    @Override
    public Answer ofBase(Answer answer) {
      return changed(
          answer, grant -> grant.withExpiresAt(Optional.empty()), run -> withoutSum(run.id(), run));
    }

    @Override
    public Answer ofVaried(Answer answer) {
      return changed(answer, grant -> grant, run -> withoutSum(run.id(), run));
    }
  }

  private static SyncRun withoutSum(String id, SyncRun run) {
    Optional<ContentDigest> count = run.digest().map(d -> new ContentDigest(d.count(), 0, 0));
    return new SyncRun(id, run.type(), run.startedAt(), run.endedAt(), count, run.resumeToken());
  }

  private static Answer changed(
      Answer answer, UnaryOperator<Grant> grant, UnaryOperator<SyncRun> sync) {
    return new Answer(
        answer.outcome(),
        answer.rows().stream().map(row -> row.map(grant)).toList(),
        answer.syncs().stream().map(sync).toList());
  }
}
