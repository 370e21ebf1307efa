package dev.grantstore.equivalence.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.jqwik.WorkloadArbitrary;
import dev.grantstore.equivalence.run.Budget;
import dev.grantstore.equivalence.run.DivergenceReport;
import dev.grantstore.equivalence.run.FastFolder;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.Result;
import dev.grantstore.equivalence.run.Runner;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.TrapIds;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Every relation holds of RocksDB, of SQLite, and between the two. A workload and its variation are
 * reduced together, which jqwik cannot; {@code equiv run --relations} goes on for longer.
 */
final class RelationProperties {
  /** Each workload is run twelve times. */
  private static final int TRIES = 8;

  private static final int MOST_OPS = 100;
  private static final int DRAWN = 200;
  private static final int RUNS_PER_STORE = 100;
  private static final Path BROKEN = Path.of("target", "equiv");

  private Path folder;
  private Subject rocks;
  private Subject sqlite;
  private Subject otherRocks;
  private Subject otherSqlite;

  @BeforeProperty
  void openSubjects() throws IOException {
    folder = FastFolder.create();
    rocks = subject("rocksdb", "r");
    sqlite = subject("sqlite", "s");
    otherRocks = subject("rocksdb", "other-r");
    otherSqlite = subject("sqlite", "other-s");
  }

  @AfterProperty
  void closeSubjects() throws IOException {
    for (Subject subject : List.of(rocks, sqlite, otherRocks, otherSqlite)) {
      subject.close();
    }
    for (String name : List.of("r", "s", "other-r", "other-s")) {
      Files.delete(folder.resolve(name));
    }
    Files.delete(folder);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void relationsHoldOfRocksdb(@ForAll("shorter") Workload workload) throws IOException {
    holdOf(rocks, otherRocks, workload);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void relationsHoldOfSqlite(@ForAll("shorter") Workload workload) throws IOException {
    holdOf(sqlite, otherSqlite, workload);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void rocksdbAnswersAsSqliteDoes(@ForAll("shorter") Workload workload) throws IOException {
    RelationCheck check = RelationCheck.between(Relations.OTHER_ENGINE, rocks, sqlite);
    Optional<Divergence> found = check.first(workload, Chance.of(workload.seed()));
    if (found.isPresent()) {
      String reduced =
          reduced(
              workload,
              found.get(),
              stores ->
                  RelationCheck.between(
                      Relations.OTHER_ENGINE,
                      FolderSubject.of("rocksdb", stores, 1),
                      FolderSubject.of("sqlite", stores.resolve("other"), 1)));
      throw new AssertionError(reduced);
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void copiesOfSyncsInTheOtherEngineAreTheSame(@ForAll("shorter") Workload workload) {
    for (Optional<Divergence> found :
        List.of(
            CopyingSubject.first(workload, rocks, sqlite),
            CopyingSubject.first(workload, sqlite, rocks))) {
      assertThat(found.map(d -> DivergenceReport.text(workload, d))).isEmpty();
    }
  }

  /** Oracle O12: of what few tries draw, each relation has a good chance to say something. */
  @Example
  void everyRelationVariesManyWorkloads() {
    WorkloadGenerator generator = WorkloadGenerator.upTo(MOST_OPS);
    Map<Oracle, Integer> varied = new EnumMap<>(Oracle.class);
    for (long seed = 1; seed <= DRAWN; seed++) {
      Workload workload = generator.generate(seed);
      for (Relation relation : Relations.OF_ONE_ENGINE) {
        boolean isAny = relation.vary(workload, Chance.of(seed)).isAny();
        varied.merge(relation.oracle(), isAny ? 1 : 0, Integer::sum);
      }
    }
    assertThat(varied).hasSameSizeAs(Relations.OF_ONE_ENGINE);
    assertThat(varied.values()).allMatch(count -> count >= DRAWN / 10);
  }

  /** Otherwise an engine that says how long ids may be is blamed for keeping to it. */
  @Example
  void noRelationMakesShortIdsLongerThanEveryEngineTakes() {
    WorkloadGenerator generator = WorkloadGenerator.upTo(MOST_OPS).withShortIds();
    for (long seed = 1; seed <= DRAWN; seed++) {
      for (Relation relation : Relations.OF_ONE_ENGINE) {
        List<String> ids = relation.vary(generator.generate(seed), Chance.of(seed)).varied().ids();
        assertThat(TrapIds.shortOnes(ids))
            .as("%s, seed %d", relation.oracle(), seed)
            .isEqualTo(ids);
      }
    }
  }

  @Provide
  Arbitrary<Workload> shorter() {
    return WorkloadArbitrary.upTo(MOST_OPS);
  }

  /** The other subject is for other settings: a store is opened again when they change. */
  private void holdOf(Subject subject, Subject other, Workload workload) throws IOException {
    Result plain = Runner.run(subject, workload);
    for (Relation relation : Relations.OF_ONE_ENGINE) {
      Variation variation = relation.vary(workload, Chance.of(workload.seed()));
      if (!variation.isAny()) {
        continue;
      }
      boolean isPlain = variation.base().equals(workload);
      Result base = isPlain ? plain : Runner.run(subject, variation.base());
      Optional<Divergence> found = check(relation, subject, other).first(variation, base);
      if (found.isPresent()) {
        String reduced =
            reduced(
                variation.base(),
                found.get(),
                stores -> RelationCheck.of(relation, FolderSubject.of(subject.name(), stores, 1)));
        throw new AssertionError(reduced);
      }
    }
  }

  private static RelationCheck check(Relation relation, Subject subject, Subject other) {
    return relation.oracle() == Oracle.R1
        ? RelationCheck.between(relation, subject, other)
        : RelationCheck.of(relation, subject);
  }

  private Subject subject(String scheme, String name) throws IOException {
    Path stores = Files.createDirectory(folder.resolve(name));
    return FolderSubject.of(scheme, stores, RUNS_PER_STORE);
  }

  /** {@return the report, and the replay file that was written} */
  private static String reduced(
      Workload workload, Divergence divergence, Function<Path, RelationCheck> checks)
      throws IOException {
    Path stores = FastFolder.create();
    Path other = Files.createDirectory(stores.resolve("other"));
    RelationCheck check = checks.apply(stores);
    BrokenRelation broken = check.reduce(workload, divergence, Budget.DEFAULT, Clock.systemUTC());
    Path file =
        Files.createDirectories(BROKEN)
            .resolve(
                String.format(
                    Locale.ROOT,
                    "%s-%s-%d.replay",
                    broken.variation().relation(),
                    divergence.subject(),
                    workload.seed()));
    Files.writeString(file, broken.replay().text());
    // Where a store could not be opened again it is still there, which must not hide the failure.
    if (!other.toFile().delete() || !stores.toFile().delete()) {
      return String.format(Locale.ROOT, "%n%s%s%nstores left in %s%n", broken.text(), file, stores);
    }
    return String.format(Locale.ROOT, "%n%s%s%n", broken.text(), file);
  }
}
