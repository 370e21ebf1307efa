package dev.grantstore.equivalence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.equivalence.planted.FaultyProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a store that tells something before it says that it is damaged. */
final class JudgeTest {
  private static final long SEED = 20_261_201;
  private static final int STEPS = 2;
  private static final String SYNC = "written-000";

  @TempDir Path folder;

  @Test
  void rightRowsAndThenARefusalAreARefusal() throws IOException {
    assertThat(judged("right", (store, rows) -> {}).kind()).isEqualTo(Verdict.Kind.REFUSED);
  }

  @Test
  void aRefusalDoesNotExcuseTheRowsBeforeIt() throws IOException {
    assertThat(judged("changed", (store, rows) -> store.put(SYNC, later(rows.get(0)))).kind())
        .isEqualTo(Verdict.Kind.SILENT);
    assertThat(judged("missing", (store, rows) -> store.delete(SYNC, rows.get(0).id())).kind())
        .isEqualTo(Verdict.Kind.SILENT);
    assertThat(judged("another", (store, rows) -> store.put(SYNC, named(rows.get(0), "a"))).kind())
        .isEqualTo(Verdict.Kind.SILENT);
    assertThat(
            judged(
                    "few",
                    (store, rows) ->
                        rows.stream().skip(1).forEach(row -> store.delete(SYNC, row.id())))
                .kind())
        .as("the list ends where there are more rows")
        .isEqualTo(Verdict.Kind.SILENT);
  }

  /** Behind the rows of all lists but one, which is to be empty. */
  @Test
  void aRefusalDoesNotExcuseARowWhereNoneShouldBe() throws IOException {
    assertThat(judged("more", JudgeTest::fillAnEmptyList).kind()).isEqualTo(Verdict.Kind.SILENT);
  }

  private static void fillAnEmptyList(GrantStore store, List<Grant> rows) {
    Set<EntitlementRef> filled = new HashSet<>();
    rows.forEach(row -> filled.add(row.entitlement()));
    EntitlementRef empty =
        IntStream.iterate(Script.ENTITLEMENTS - 1, i -> i >= 0, i -> i - 1)
            .mapToObj(Script::entitlement)
            .filter(entitlement -> !filled.contains(entitlement))
            .findFirst()
            .orElseThrow();
    PrincipalRef nobody = new PrincipalRef("zebra", "z");
    for (String id : List.of("~1", "~2")) {
      store.put(SYNC, Grant.of(id, empty, nobody, rows.get(0).discoveredAt()));
    }
  }

  /** The verdict on a store that somebody has changed, and that tells one row of each list. */
  private Verdict judged(String name, BiConsumer<GrantStore, List<Grant>> change)
      throws IOException {
    Path place = folder.resolve(name);
    Script script = new Script(SEED);
    try (GrantStore store = Judge.open("mvstore", place, OpenMode.CREATE)) {
      for (int step = 0; step < STEPS; step++) {
        script.run(store, step, () -> {});
      }
      List<Grant> rows = new ArrayList<>();
      try (GrantCursor cursor = store.cursor(new GrantQuery.Scan(SYNC))) {
        while (cursor.next()) {
          rows.add(cursor.grant());
        }
      }
      assertThat(rows).hasSizeGreaterThan(1);
      change.accept(store, rows);
    }
    Files.createFile(place.resolve(FaultyProvider.BREAKS));
    Trial trial = new Trial("faulty", place, OpenMode.OPEN, SEED, STEPS, STEPS, true, false);
    return Judge.judge(trial, new Reference.Shelf());
  }

  private static Grant later(Grant grant) {
    return with(grant, grant.id(), 1);
  }

  private static Grant named(Grant grant, String id) {
    return with(grant, id, 0);
  }

  private static Grant with(Grant grant, String id, int nanos) {
    return new Grant(
        id,
        grant.entitlement(),
        grant.principal(),
        grant.discoveredAt().plusNanos(nanos),
        grant.needsExpansion(),
        grant.expansion(),
        grant.sources(),
        grant.annotations(),
        grant.expiresAt());
  }
}
