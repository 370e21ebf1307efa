package dev.grantstore.equivalence.run;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementDigests;
import dev.grantstore.EntitlementRef;
import dev.grantstore.ForwardingGrantReader;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.SyncRun;
import dev.grantstore.container.SaveOptions;
import dev.grantstore.container.SyncFiles;
import dev.grantstore.diff.ChangeCounts;
import dev.grantstore.diff.DiffReport;
import dev.grantstore.diff.DiffSink;
import dev.grantstore.diff.GrantChange;
import dev.grantstore.diff.MergeReport;
import dev.grantstore.diff.SyncDiff;
import dev.grantstore.diff.SyncMerge;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Audit;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.Rows;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Payload;
import dev.grantstore.equivalence.workload.SyncOpVisitor;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.folder.LockedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Does what is done to whole syncs as its users do: through the store, containers, diffs and
 * merges. What can be said of the result without a second store is checked here. One thread.
 */
final class SyncCalls implements SyncOpVisitor<Answer> {
  private static final SaveOptions SAVE = SaveOptions.defaults().withSorting(Execution.LOAD);
  private static final long CACHE_BYTES = 1 << 20;
  private static final int PAGE_ROWS = 2;

  /** Between the ends of grants, and at one. */
  private static final List<Integer> INSTANTS = List.of(1, 3, 7);

  private final GrantStore store;
  private final Workload workload;
  private final Subject subject;

  SyncCalls(GrantStore store, Workload workload, Subject subject) {
    this.store = store;
    this.workload = workload;
    this.subject = subject;
  }

  @Override
  public Answer expire(Op.Expire op) {
    return expired(store.expire(sync(op.sync()), Payload.instant(op.asOf())));
  }

  static Answer expired(long count) {
    return Answer.of("ok deleted=" + count);
  }

  /**
   * The file must answer as the store does, by itself and as of some instants, and keep digests.
   */
  @Override
  public Answer saveOpen(Op.SaveOpen op) {
    Answer right = sealed(store, store);
    if (right.syncs().isEmpty()) {
      return right;
    }
    List<String> ids = right.syncs().stream().map(SyncRun::id).toList();
    return inFile(
        file -> {
          SyncFiles.save(store, ids, file, SAVE);
          try (GrantStore container = SyncFiles.open(file, CACHE_BYTES)) {
            Answer saved = sealed(container, container);
            return saved.equals(right)
                ? wrong(container, right).orElse(saved)
                : new Answer("container differs from its store", saved.rows(), saved.syncs());
          }
        });
  }

  /** {@return what is wrong with a container whose rows are right} */
  private Optional<Answer> wrong(GrantStore container, Answer right) {
    Optional<Divergence> found =
        new Audit(workload).contradiction("container", 0, container, PAGE_ROWS);
    if (found.isPresent()) {
      Answer actual = found.get().actual();
      String outcome = "container contradicts itself: " + actual.outcome();
      return Optional.of(new Answer(outcome, actual.rows(), actual.syncs()));
    }
    for (int number : INSTANTS) {
      Answer live = sealed(container, container.asOf(Payload.instant(number)));
      if (!live.equals(sealed(store, store.asOf(Payload.instant(number))))) {
        return Optional.of(
            new Answer("container differs as of " + number, live.rows(), live.syncs()));
      }
    }
    for (SyncRun run : right.syncs()) {
      if (!digestsAreOf(container, run.id())) {
        return Optional.of(Answer.of("container keeps other digests of entitlements"));
      }
    }
    return Optional.empty();
  }

  static boolean digestsAreOf(GrantReader reader, String syncId) {
    Map<EntitlementRef, DigestAccumulator> sums = new HashMap<>();
    for (Grant grant : grants(Rows.list(reader, new GrantQuery.Scan(syncId)))) {
      sums.computeIfAbsent(grant.entitlement(), any -> new DigestAccumulator()).add(grant);
    }
    Map<EntitlementRef, ContentDigest> right = new HashMap<>();
    sums.forEach((entitlement, sum) -> right.put(entitlement, sum.digest()));
    Map<EntitlementRef, ContentDigest> kept = new HashMap<>();
    Optional<EntitlementDigests> digests = reader.entitlementDigests(syncId);
    if (digests.isEmpty()) {
      return true;
    }
    try (EntitlementDigests open = digests.get()) {
      while (open.next()) {
        kept.put(open.entitlement(), open.digest());
      }
    }
    return kept.equals(right);
  }

  @Override
  public Answer checkpoint(Op.Checkpoint op) {
    return new CheckpointCall(store, workload, subject).make();
  }

  /** {@return the sealed syncs of a store, and what a reader shows of them; skipped if none is} */
  static Answer sealed(GrantStore store, GrantReader reader) {
    List<SyncRun> sealed =
        store.syncs().stream().filter(run -> run.state() == SyncRun.State.SEALED).toList();
    if (sealed.isEmpty()) {
      return Answer.SKIPPED;
    }
    Answer content =
        Audit.content(
            new ForwardingGrantReader(reader) {
              @Override
              public List<SyncRun> syncs() {
                return sealed;
              }
            });
    return new Answer("ok " + content.outcome(), content.rows(), content.syncs());
  }

  @Override
  public Answer ingest(Op.Ingest op) {
    String from = sync(op.sync());
    return inFile(
        file -> {
          SyncFiles.save(store, List.of(from), file, SAVE);
          SyncRun run = SyncFiles.ingest(file, from, store, sync(op.as()), Execution.LOAD);
          return digestsAreOf(store, run.id())
              ? Answer.syncs(List.of(run))
              : Answer.of("other digests of entitlements than its rows have");
        });
  }

  @Override
  public Answer merge(Op.Merge op) {
    List<SyncMerge.Source> sources = new ArrayList<>();
    for (int i = 0; i < op.sources().size(); i++) {
      GrantReader reader = i + 1 == op.deletions() ? new Deletions(store) : store;
      sources.add(new SyncMerge.Source(reader, sync(op.sources().get(i))));
    }
    MergeReport report = SyncMerge.newestWins(sources, store, sync(op.as()), Execution.LOAD);
    return merged(
        report.sync(),
        List.of(
            report.rowsRead(),
            report.written(),
            report.replaced(),
            report.deleted(),
            report.deletions(),
            report.ties()));
  }

  static Answer merged(SyncRun run, List<Long> counts) {
    return new Answer("ok counts=" + counts, List.of(), List.of(run));
  }

  @Override
  public Answer diff(Op.Diff op) {
    String before = sync(op.before());
    String after = sync(op.after());
    List<Optional<Grant>> changes = new ArrayList<>();
    Map<EntitlementRef, ChangeCounts> sums = new HashMap<>();
    DiffReport report =
        SyncDiff.between(store, before, store, after)
            .run(
                new DiffSink() {
                  @Override
                  public void change(GrantChange change) {
                    changes.add(change.before());
                    changes.add(change.after());
                  }

                  @Override
                  public void entitlement(EntitlementRef entitlement, ChangeCounts counts) {
                    sums.merge(entitlement, counts, ChangeCounts::plus);
                  }
                });
    Changes found = new Changes(changes);
    ChangeCounts sum = sums.values().stream().reduce(ChangeCounts.NONE, ChangeCounts::plus);
    if (!found.isInOrder()) {
      return new Answer("changes are not in order", changes, List.of());
    }
    if (!sum.equals(report.counts()) || sums.size() != report.entitlements()) {
      return new Answer("sums differ from the report", changes, List.of());
    }
    Map<String, Grant> applied = byId(before);
    found.applyTo(applied);
    if (!applied.equals(byId(after))) {
      return new Answer("changes do not lead there", changes, List.of());
    }
    return found.answer(report.counts(), report.entitlements());
  }

  private Map<String, Grant> byId(String syncId) {
    Map<String, Grant> rows = new HashMap<>();
    grants(Rows.list(store, new GrantQuery.Scan(syncId))).forEach(g -> rows.put(g.id(), g));
    return rows;
  }

  private static List<Grant> grants(Answer list) {
    return list.rows().stream().flatMap(Optional::stream).toList();
  }

  private String sync(int index) {
    return workload.syncs().get(index);
  }

  /** Gives a name for a file that goes afterwards. */
  private static Answer inFile(Function<Path, Answer> use) {
    try (LockedFolder folder = LockedFolder.temporary(LockedFolder.fastPlace(), "syncs")) {
      return use.apply(folder.path().resolve("syncs.gsync"));
    } catch (IOException e) {
      throw new UncheckedIOException("folder for a container could not be made", e);
    }
  }

  /** Says that its syncs name what is gone. */
  private static final class Deletions extends ForwardingGrantReader {
    Deletions(GrantReader store) {
      super(store);
    }

    @Override
    public Optional<SyncRun> sync(String syncId) {
      return super.sync(syncId)
          .map(
              run ->
                  new SyncRun(
                      run.id(),
                      SyncMerge.DELETIONS,
                      run.startedAt(),
                      run.endedAt(),
                      run.digest(),
                      run.resumeToken()));
    }
  }
}
