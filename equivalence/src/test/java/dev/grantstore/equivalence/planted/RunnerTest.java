package dev.grantstore.equivalence.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.run.DivergenceReport;
import dev.grantstore.equivalence.run.Equivalence;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Result;
import dev.grantstore.equivalence.run.Runner;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a run shows of one store, and what it finds without a second one. */
final class RunnerTest {
  private static final Row ROW = new Row(0, new EntitlementIds(0, 0, 0), new PrincipalIds(0, 0), 0);
  private static final Row OTHER =
      new Row(1, new EntitlementIds(0, 0, 0), new PrincipalIds(0, 0), 0);

  @Test
  void theHistoryHasALineForEachOperationAndTheAudits() {
    Result result =
        Runner.run(
            ForgetfulSubject.memory(),
            workload(new Op.StartSync(0), new Op.Put(0, ROW), new Op.Get(0, 0, 0)));

    assertThat(result.history().lines())
        .containsExactly(
            "1 O1 startSync => ok {sync=\"s\" type=\"\""
                + " started=1969-12-31T23:59:59.000000001Z ended=- digest=-}",
            "2 O1 put => ok",
            "3 O1 get => ok {id=\"a\" ent=\"a\"/\"a\"/\"a\" prin=\"a\"/\"a\""
                + " at=2024-02-29T12:34:56.789012345Z}",
            "3 O2 audit => rows 1 {id=\"a\" ent=\"a\"/\"a\"/\"a\" prin=\"a\"/\"a\""
                + " at=2024-02-29T12:34:56.789012345Z} {sync=\"s\" type=\"\""
                + " started=1969-12-31T23:59:59.000000001Z ended=- digest=-}");
  }

  @Test
  void operationsOnEmptySlotsAreSkipped() {
    Result result =
        Runner.run(
            ForgetfulSubject.memory(),
            workload(
                new Op.StartSync(0),
                new Op.Resume(0, 0, 1),
                new Op.NextRows(0, 1),
                new Op.CloseCursor(0),
                new Op.ReleaseSnapshot(1),
                new Op.Get(1, 0, 0)));

    assertThat(result.coverage().count(Fact.SKIPPED)).isEqualTo(5);
    assertThat(result.coverage().shortfalls(Map.of(Fact.SKIPPED, 6L)))
        .containsExactly("coverage (O12) too small: fact=SKIPPED count=5 least=6");
  }

  @Test
  void aCloseThatFailsIsFound() {
    Subject failing =
        ForgetfulSubject.of(
            "failing",
            () ->
                new BugStore(memory()) {
                  @Override
                  public void close() {
                    super.close();
                    throw new IllegalArgumentException("does not close");
                  }
                });

    assertThat(signature(Runner.run(failing, workload()))).contains("O11/close/refusal");
  }

  @Test
  void aCursorThatOutlivesItsStoreIsFound() {
    Subject immortal =
        ForgetfulSubject.of(
            "immortal",
            () ->
                new BugStore(memory()) {
                  @Override
                  public GrantCursor cursor(GrantQuery query) {
                    return new ListCursor(memory().cursor(query), List.of());
                  }

                  private GrantStore memory() {
                    GrantStore other = RunnerTest.memory();
                    super.syncs()
                        .forEach(sync -> other.startSync(sync.id(), sync.type(), sync.startedAt()));
                    return other;
                  }
                });
    Workload workload = workload(new Op.StartSync(0), new Op.OpenCursor(0, 0, 0, Ask.scan()));

    assertThat(signature(Runner.run(immortal, workload))).contains("O11/close/outcome");
  }

  @Test
  void aReopeningThatLosesRowsIsFound() {
    Workload workload = workload(new Op.StartSync(0), new Op.Put(0, ROW), new Op.Reopen(0));

    try (Subject losing = new LosingSubject()) {
      assertThat(signature(Runner.run(losing, workload))).contains("O9/reopen/missing-row");
    }
  }

  @Test
  void aDivergenceIsReportedWithWhatWasDoneToItsKey() {
    Workload workload =
        workload(
            new Op.StartSync(0),
            new Op.Put(0, OTHER),
            new Op.PutAll(0, List.of(ROW)),
            new Op.GetAll(0, 0, List.of(0, 0)));
    Subject broken =
        ForgetfulSubject.of(
            "broken", () -> PlantedBugs.named("get-all-dedups").orElseThrow().in(memory()));

    Divergence found =
        Equivalence.compare(workload, ForgetfulSubject.memory(), broken).orElseThrow();

    String row =
        "{id=\"a\" ent=\"a\"/\"a\"/\"a\" prin=\"a\"/\"a\" at=2024-02-29T12:34:56.789012345Z}";
    assertThat(DivergenceReport.text(workload, found).lines())
        .containsExactly(
            "divergence: store=broken signature=O1/getAll/missing-row op=4 of 4 seed=0",
            "  at: getAll sync=S0 ids=a,a",
            "  expected[2] " + row,
            "  actual[2]   (nothing)",
            "  the last operations on \"a\":",
            "    3 putAll sync=S0 [id=a ent=a/a/a prin=a/a value=0]");
  }

  @Test
  void aFailureOfTheEngineIsAnAnswer() {
    Subject failing =
        ForgetfulSubject.of(
            "failing",
            () ->
                new BugStore(memory()) {
                  @Override
                  public void flush() {
                    throw new AssertionError("an assertion of the engine");
                  }
                });

    Optional<Divergence> found =
        Equivalence.compare(workload(new Op.Flush()), ForgetfulSubject.memory(), failing);

    assertThat(found.map(Divergence::actual)).contains(Answer.of("AssertionError"));
  }

  private static Optional<String> signature(Result result) {
    return result.contradiction().map(Divergence::signature);
  }

  private static Workload workload(Op... ops) {
    return new Workload(0, List.of("a", "b"), List.of("s"), List.of(ops));
  }

  private static GrantStore memory() {
    return GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE));
  }

  /** Keeps its syncs when it is opened again, but not their grants. */
  private static final class LosingSubject implements Subject {
    @Override
    public String name() {
      return "losing";
    }

    @Override
    public GrantStore open(Settings settings) {
      return memory();
    }

    @Override
    public GrantStore crash(GrantStore store, Settings settings) {
      return reopen(store, settings);
    }

    @Override
    public GrantStore openReadOnly(GrantStore store) {
      return reopen(store, Settings.DEFAULTS);
    }

    @Override
    public GrantStore reopen(GrantStore store, Settings settings) {
      GrantStore again = memory();
      store.syncs().forEach(sync -> again.startSync(sync.id(), sync.type(), sync.startedAt()));
      store.close();
      return again;
    }

    @Override
    public boolean isForgetful() {
      return false;
    }

    @Override
    public boolean isKept() {
      return false;
    }

    @Override
    public void finish(GrantStore store) {
      store.close();
    }

    @Override
    public void close() {}
  }
}
