package dev.grantstore.equivalence.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.PageToken;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.run.Budget;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.run.WrappedSubject;
import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each relation can find: in each test a store that is wrong in one way. Most of them never
 * contradict themselves within one run; only two runs held against each other show what is wrong.
 */
final class RelationProofsTest {
  /** Time stands still, so that reductions end by their number of runs on any machine. */
  private static final Clock STOPPED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private static final int TRIES = 400;
  private static final int SOUND_TRIES = 10;
  private static final int MOST_OPS_LEFT = 6;
  private static final WorkloadGenerator GENERATOR = WorkloadGenerator.upTo(60);

  /** Three grants listed in pages of one, with writes in between. */
  private static final List<Op> PAGES =
      List.of(
          new Op.StartSync(0),
          new Op.PutAll(0, List.of(row(0), row(1), row(2))),
          new Op.Page(0, 0, 0, Ask.scan(), 1),
          new Op.Delete(0, 0),
          new Op.Resume(0, 0, 1),
          new Op.Put(0, row(0)),
          new Op.Resume(0, 0, 1));

  @TempDir Path folder;

  @Test
  void r1FindsAnOptionThatHidesGrants() throws IOException {
    Subject wrong =
        new WrappedSubject(memory(WrappedStore::new)) {
          @Override
          public GrantStore open(Settings settings) {
            return "0".equals(settings.values().get(Settings.CACHE_BYTES))
                ? new WrappedStore() {
                  @Override
                  public Optional<Grant> get(String syncId, String grantId) {
                    return super.get(syncId, grantId).filter(grant -> !grant.needsExpansion());
                  }
                }
                : super.open(settings);
          }
        };
    assertFinds(new OtherSettings(), wrong, "R1/get/content");
  }

  @Test
  void r2FindsABatchOfWhichTheFirstOfEqualIdsWins() throws IOException {
    assertFinds(
        new OtherBatches(),
        wrong(
            () ->
                new WrappedStore() {
                  @Override
                  public void putAll(String syncId, Collection<Grant> grants) {
                    List<Grant> reversed = new ArrayList<>(grants);
                    Collections.reverse(reversed);
                    super.putAll(syncId, reversed);
                  }
                }),
        "R2/");
  }

  @Test
  void r3FindsAFlushThatLosesTheLastWrite() throws IOException {
    assertFinds(new InsertedUpkeep(), wrong(WrongStores.LossyFlush::new), "R3/");
  }

  @Test
  void r3FindsPageTokensThatDoNotOutliveAnOpening() throws IOException {
    try (Subject wrong =
        new WrappedSubject(FolderSubject.of("sqlite", folder, 25)) {
          @Override
          public GrantStore reopen(GrantStore store, Settings settings) {
            return new WrongStores.WithoutTokens(super.reopen(store, settings));
          }
        }) {
      assertFinds(RelationCheck.of(new InsertedUpkeep(), wrong), PAGES, "R3/resume/refusal");
    }
  }

  @Test
  void r4FindsPageTokensThatDoNotOutliveACrash() throws IOException {
    try (Subject wrong =
        new WrappedSubject(FolderSubject.of("sqlite", folder, 25)) {
          @Override
          public GrantStore crash(GrantStore store, Settings settings) {
            return new WrongStores.WithoutTokens(super.crash(store, settings));
          }
        }) {
      assertFinds(RelationCheck.of(new InsertedCrash(), wrong), PAGES, "R4/resume/refusal");
    }
  }

  @Test
  void r4FindsACrashThatTakesAnOpenSync() throws IOException {
    try (Subject wrong =
        new WrappedSubject(FolderSubject.of("sqlite", folder, 25)) {
          @Override
          public GrantStore crash(GrantStore store, Settings settings) {
            GrantStore left = super.crash(store, settings);
            left.syncs().stream()
                .filter(sync -> sync.state() == SyncRun.State.OPEN)
                .forEach(sync -> left.drop(sync.id()));
            return left;
          }
        }) {
      // Told at the opening, or at the audit beside it. Of a short workload: where a crash comes in
      // is drawn anew for each length, so a long one does not become small.
      assertFinds(
          RelationCheck.of(new InsertedCrash(), wrong),
          List.of(new Op.StartSync(0), new Op.Put(0, row(0)), new Op.ListSyncs(0)),
          "R4/");
    }
  }

  @Test
  void r5FindsADeleteThatTakesANeighbour() throws IOException {
    assertFinds(
        new IdleWrites(),
        wrong(
            () ->
                new WrappedStore() {
                  @Override
                  public void deleteAll(String syncId, Collection<String> grantIds) {
                    super.deleteAll(syncId, grantIds);
                    grantIds.forEach(id -> super.deleteAll(syncId, List.of(id + "\u0000")));
                  }
                }),
        "R5/");
  }

  @Test
  void r5FindsAReplacementByAnEqualGrantThatDeletes() throws IOException {
    assertFinds(
        new IdleWrites(),
        wrong(
            () ->
                new WrappedStore() {
                  @Override
                  public void putAll(String syncId, Collection<Grant> grants) {
                    List<Grant> batch = new ArrayList<>(grants);
                    boolean isSame =
                        batch.size() == 1
                            && sync(syncId).isPresent()
                            && get(syncId, batch.get(0).id()).equals(Optional.of(batch.get(0)));
                    super.putAll(syncId, batch);
                    if (isSame) {
                      super.deleteAll(syncId, List.of(batch.get(0).id()));
                    }
                  }
                }),
        "R5/");
  }

  @Test
  void r6FindsAPutThatIsLostAfterADelete() throws IOException {
    assertFinds(new SwappedNeighbours(), wrong(WrongStores.PutLostAfterDelete::new), "R6/");
  }

  @Test
  void r7FindsALongPageThatSkipsARow() throws IOException {
    assertFinds(
        new OtherPages(),
        wrong(
            () ->
                new WrappedStore() {
                  @Override
                  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
                    GrantPage page = super.page(query, limitRows, after);
                    int rows = page.grants().size();
                    return limitRows > 3 && rows > 1
                        ? new GrantPage(page.grants().subList(1, rows), page.next())
                        : page;
                  }
                }),
        "R7/");
  }

  @Test
  void r8FindsALoadThatCutsNanoseconds() throws IOException {
    assertFinds(
        new OtherLoading(),
        wrong(
            () ->
                new WrappedStore() {
                  @Override
                  public BulkLoad bulkLoad(
                      String syncId, String type, Instant startedAt, BulkLoadOptions options) {
                    return new Load(super.bulkLoad(syncId, type, startedAt, options)) {
                      @Override
                      protected void add(BulkPart part, int number, Grant grant) {
                        part.add(WrongStores.withoutNanoseconds(grant));
                      }
                    };
                  }
                }),
        "R8/");
  }

  @Test
  void r8FindsACopyThatCutsNanoseconds() {
    Subject lossy =
        wrong(
            () ->
                new WrappedStore() {
                  @Override
                  public void putAll(String syncId, Collection<Grant> grants) {
                    super.putAll(
                        syncId,
                        grants.stream().map(g -> WrongStores.withoutNanoseconds(g)).toList());
                  }
                });
    Subject sound = memory(WrappedStore::new);
    Workload workload = new Workload(1, List.of("a", "b", "c"), List.of("s"), PAGES);

    assertThat(CopyingSubject.first(workload, sound, sound)).isEmpty();
    assertThat(CopyingSubject.first(workload, sound, lossy).map(Divergence::signature))
        .contains("R8/copy/content");
  }

  @Test
  void r10FindsIdsThatAreComparedInTheirFirstCharactersOnly() throws IOException {
    assertFinds(
        new PrefixedIds(),
        wrong(
            () ->
                new WrappedStore() {
                  @Override
                  public Optional<Grant> get(String syncId, String grantId) {
                    Optional<Grant> right = super.get(syncId, grantId);
                    try (GrantCursor rows = cursor(new GrantQuery.Scan(syncId))) {
                      while (right.isEmpty() && rows.next()) {
                        right = Optional.of(rows.grant()).filter(g -> isAlike(g.id(), grantId));
                      }
                    }
                    return right;
                  }

                  private boolean isAlike(String id, String other) {
                    return id.length() > 8 && other.regionMatches(0, id, 0, 9);
                  }
                }),
        "R10/get/content");
  }

  @Test
  void r12FindsASnapshotThatReadsTheStore() throws IOException {
    assertFinds(
        new OtherViews(),
        wrong(
            () ->
                new WrappedStore() {
                  @Override
                  public GrantSnapshot snapshot() {
                    WrappedStore store = this;
                    return new Snapshot(super.snapshot()) {
                      @Override
                      public Optional<Grant> get(String syncId, String grantId) {
                        return store.get(syncId, grantId);
                      }
                    };
                  }
                }),
        "R12/get/");
  }

  @Test
  void r12FindsAReadOnlyOpeningThatShowsSealedSyncsOnly() throws IOException {
    try (Subject wrong =
        new WrappedSubject(FolderSubject.of("sqlite", folder, 25)) {
          @Override
          public GrantStore openReadOnly(GrantStore store) {
            return new WrappedStore(super.openReadOnly(store)) {
              @Override
              public List<SyncRun> syncs() {
                return super.syncs().stream()
                    .filter(sync -> sync.state() == SyncRun.State.SEALED)
                    .toList();
              }
            };
          }
        }) {
      assertFinds(new OtherViews(), wrong, "R12/openReadOnly/");
    }
  }

  @Test
  void r13FindsAnEngineThatCutsNanoseconds() throws IOException {
    Subject wrong =
        wrong(
            () ->
                new WrappedStore() {
                  @Override
                  public void putAll(String syncId, Collection<Grant> grants) {
                    List<Grant> cut = new ArrayList<>(grants);
                    cut.replaceAll(
                        grant -> grant == null ? grant : WrongStores.withoutNanoseconds(grant));
                    super.putAll(syncId, cut);
                  }
                });
    assertFinds(
        RelationCheck.between(Relations.OTHER_ENGINE, memory(WrappedStore::new), wrong), "R13/");
  }

  @Test
  void r14FindsAFormOfSealedSyncsThatCutsNanoseconds() throws IOException {
    assertFinds(
        new BeforeSealing(),
        wrong(
            () ->
                new WrappedStore() {
                  @Override
                  public Optional<Grant> get(String syncId, String grantId) {
                    boolean isSealed =
                        sync(syncId).filter(s -> s.state() == SyncRun.State.SEALED).isPresent();
                    Optional<Grant> right = super.get(syncId, grantId);
                    return isSealed ? right.map(WrongStores::withoutNanoseconds) : right;
                  }
                }),
        "R14/get/content");
  }

  @Test
  void r15FindsAStoreThatAsksAClock() throws IOException {
    assertFinds(
        new EndlessGrants(),
        wrong(
            () ->
                new WrappedStore() {
                  @Override
                  public Optional<Grant> get(String syncId, String grantId) {
                    return super.get(syncId, grantId).filter(grant -> !grant.isExpired(NOW));
                  }
                }),
        "R15/get/");
  }

  @Test
  void r16FindsALoadThatCutsNanoseconds() throws IOException {
    assertFinds(new ThroughContainers(), wrong(WrongStores::cuttingInLoads), "R16/");
  }

  @Test
  void aSoundStoreIsNotBlamed() {
    Subject sound = memory(WrappedStore::new);
    for (int seed = 0; seed < SOUND_TRIES; seed++) {
      Workload workload = GENERATOR.generate(seed);
      for (Relation relation : Relations.OF_ONE_ENGINE) {
        assertThat(RelationCheck.of(relation, sound).any(workload, any -> true)).isEmpty();
      }
    }
  }

  @Test
  void theSameChanceGivesTheSameVariation() {
    for (int seed = 0; seed < SOUND_TRIES; seed++) {
      for (Relation relation : Relations.OF_ONE_ENGINE) {
        Variation one = relation.vary(GENERATOR.generate(seed), Chance.of(seed));
        assertThat(relation.vary(GENERATOR.generate(seed), Chance.of(seed))).isEqualTo(one);
      }
    }
  }

  @Test
  void everyRelationIsFoundByItsOracle() {
    for (Relation relation : Relations.OF_ONE_ENGINE) {
      assertThat(Relations.of(relation.oracle())).isSameAs(relation);
    }
  }

  private static Row row(int id) {
    return new Row(id, new EntitlementIds(0, 0, 0), new PrincipalIds(0, 0), 0);
  }

  private static Subject wrong(Supplier<GrantStore> stores) {
    return ForgetfulSubject.of("wrong", stores);
  }

  private static Subject memory(Supplier<GrantStore> stores) {
    return ForgetfulSubject.of("memory", stores);
  }

  private static void assertFinds(Relation relation, Subject wrong, String signature)
      throws IOException {
    assertFinds(RelationCheck.of(relation, wrong), signature);
  }

  private static void assertFinds(RelationCheck check, String signature) throws IOException {
    for (int seed = 0; seed < TRIES; seed++) {
      if (isFound(check, GENERATOR.generate(seed), signature)) {
        return;
      }
    }
    throw new AssertionError(
        String.format(Locale.ROOT, "not found in %d tries: %s", TRIES, signature));
  }

  /** With one workload, and the chances of many. */
  private static void assertFinds(RelationCheck check, List<Op> ops, String signature)
      throws IOException {
    for (int seed = 0; seed < TRIES; seed++) {
      Workload workload = new Workload(seed, List.of("a", "b", "c"), List.of("s"), ops);
      if (isFound(check, workload, signature)) {
        return;
      }
    }
    throw new AssertionError(
        String.format(Locale.ROOT, "not found in %d tries: %s", TRIES, signature));
  }

  private static boolean isFound(RelationCheck check, Workload workload, String signature)
      throws IOException {
    Optional<Divergence> found = check.first(workload, Chance.of(workload.seed()));
    if (found.isEmpty()) {
      return false;
    }
    assertThat(found.get().signature()).as("seed %d", workload.seed()).startsWith(signature);
    assertReduces(check, workload, found.get());
    return true;
  }

  private static void assertReduces(RelationCheck check, Workload workload, Divergence found)
      throws IOException {
    BrokenRelation broken =
        check.reduce(workload, found, new Budget(500, Duration.ofSeconds(20)), STOPPED);
    String text = broken.replay().text();
    Path folder = Files.createDirectories(Path.of("target", "equiv", "relations"));
    String name = found.signature().replace('/', '-');
    Files.writeString(
        folder.resolve(name + ".replay"),
        text
            + String.format(
                Locale.ROOT, "# seed=%d ops=%d%n", workload.seed(), workload.ops().size()));
    assertThat(broken.workload().ops()).as(broken.text()).hasSizeLessThanOrEqualTo(MOST_OPS_LEFT);
    assertThat(broken.divergence().signature()).isEqualTo(found.signature());
    assertThat(ReplayFile.parse(text).workload()).isEqualTo(broken.workload());
  }
}
