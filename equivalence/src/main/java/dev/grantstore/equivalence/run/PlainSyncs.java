package dev.grantstore.equivalence.run;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.diff.ChangeCounts;
import dev.grantstore.diff.SyncMerge;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Rows;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Payload;
import dev.grantstore.equivalence.workload.SyncOpVisitor;
import dev.grantstore.equivalence.workload.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must come of what is done to whole syncs, worked out from the rows of a store that is taken
 * to be right; no container, diff or merge of the library is used. One thread.
 */
final class PlainSyncs implements SyncOpVisitor<Answer> {
  private final GrantStore store;
  private final Workload workload;

  PlainSyncs(GrantStore store, Workload workload) {
    this.store = store;
    this.workload = workload;
  }

  @Override
  public Answer expire(Op.Expire op) {
    String syncId = sync(op.sync());
    store.deleteAll(syncId, List.of());
    Instant asOf = Payload.instant(op.asOf());
    List<String> ended =
        rows(syncId).stream()
            .filter(g -> g.expiresAt().filter(end -> !end.isAfter(asOf)).isPresent())
            .map(Grant::id)
            .toList();
    store.deleteAll(syncId, ended);
    return SyncCalls.expired(ended.size());
  }

  @Override
  public Answer saveOpen(Op.SaveOpen op) {
    return SyncCalls.sealed(store, store);
  }

  @Override
  public Answer checkpoint(Op.Checkpoint op) {
    return CheckpointCall.content(store);
  }

  @Override
  public Answer ingest(Op.Ingest op) {
    SyncRun run = known(op.sync());
    if (run.endedAt().isEmpty()) {
      throw new GrantStoreException(Reason.UNSUPPORTED, "sync is open");
    }
    return Answer.syncs(
        List.of(load(op.as(), run.type(), run.startedAt(), run.endedAt().get(), rows(run.id()))));
  }

  /** A grant and whether it says that one is gone. */
  private record Said(Grant grant, boolean isGone) {
    boolean isSameAs(Said other) {
      return isGone == other.isGone && (isGone || grant.equals(other.grant));
    }
  }

  @Override
  public Answer merge(Op.Merge op) {
    List<SyncRun> runs = new ArrayList<>();
    Map<String, List<Said>> said = new TreeMap<>(Ids.ORDER);
    for (int source : op.sources()) {
      runs.add(requireSealed(known(source)));
    }
    long read = 0;
    for (int i = 0; i < runs.size(); i++) {
      for (Grant grant : rows(runs.get(i).id())) {
        boolean isGone = i + 1 == op.deletions();
        said.computeIfAbsent(grant.id(), any -> new ArrayList<>()).add(new Said(grant, isGone));
        read++;
      }
    }
    List<Grant> written = new ArrayList<>();
    long deleted = 0;
    long deletions = 0;
    long ties = 0;
    for (List<Said> one : said.values()) {
      Instant newest =
          one.stream().map(s -> s.grant.discoveredAt()).max(Instant::compareTo).orElseThrow();
      List<Said> best = one.stream().filter(s -> s.grant.discoveredAt().equals(newest)).toList();
      Said winner = best.get(best.size() - 1);
      ties += best.stream().allMatch(winner::isSameAs) ? 0 : 1;
      long gone = one.stream().filter(Said::isGone).count();
      deletions += gone;
      if (winner.isGone) {
        deleted += one.size() - gone;
      } else {
        written.add(winner.grant);
      }
    }
    Instant startedAt = runs.stream().map(SyncRun::startedAt).min(Instant::compareTo).orElseThrow();
    Instant endedAt =
        runs.stream().map(run -> run.endedAt().orElseThrow()).max(Instant::compareTo).orElseThrow();
    SyncRun merged = load(op.as(), SyncMerge.MERGED, startedAt, endedAt, written);
    long replaced = read - written.size() - deleted - deletions;
    return SyncCalls.merged(
        merged, List.of(read, (long) written.size(), replaced, deleted, deletions, ties));
  }

  /** The six ids of a grant. */
  private record Key(String id, EntitlementRef entitlement, PrincipalRef principal) {
    static Key of(Grant grant) {
      return new Key(grant.id(), grant.entitlement(), grant.principal());
    }
  }

  @Override
  public Answer diff(Op.Diff op) {
    SyncRun before = known(op.before());
    SyncRun after = known(op.after());
    Map<Key, Grant> was = byKey(rows(requireSealed(before).id()));
    Map<Key, Grant> is = byKey(rows(requireSealed(after).id()));
    Set<Key> keys = new HashSet<>(was.keySet());
    keys.addAll(is.keySet());
    List<Optional<Grant>> pairs = new ArrayList<>();
    Set<EntitlementRef> entitlements = new HashSet<>();
    long added = 0;
    long removed = 0;
    long changed = 0;
    for (Key key : keys) {
      Optional<Grant> one = Optional.ofNullable(was.get(key));
      Optional<Grant> other = Optional.ofNullable(is.get(key));
      if (!one.equals(other)) {
        pairs.add(one);
        pairs.add(other);
        entitlements.add(key.entitlement);
        added += one.isEmpty() ? 1 : 0;
        removed += other.isEmpty() ? 1 : 0;
        changed += one.isPresent() && other.isPresent() ? 1 : 0;
      }
    }
    return new Changes(pairs)
        .answer(new ChangeCounts(added, removed, changed), entitlements.size());
  }

  private static Map<Key, Grant> byKey(Collection<Grant> grants) {
    Map<Key, Grant> rows = new LinkedHashMap<>();
    grants.forEach(grant -> rows.put(Key.of(grant), grant));
    return rows;
  }

  private SyncRun known(int sync) {
    return store.sync(sync(sync)).orElseThrow(() -> GrantStoreException.syncUnknown(sync(sync)));
  }

  private static SyncRun requireSealed(SyncRun run) {
    if (run.state() != SyncRun.State.SEALED) {
      throw new IllegalStateException("sync is open");
    }
    return run;
  }

  private SyncRun load(
      int as, String type, Instant startedAt, Instant endedAt, List<Grant> grants) {
    try (BulkLoad load = store.bulkLoad(sync(as), type, startedAt, Execution.LOAD)) {
      try (BulkPart part = load.openPart()) {
        grants.forEach(part::add);
      }
      return load.commit(endedAt);
    }
  }

  private List<Grant> rows(String syncId) {
    return Rows.list(store, new GrantQuery.Scan(syncId)).rows().stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private String sync(int index) {
    return workload.syncs().get(index);
  }
}
