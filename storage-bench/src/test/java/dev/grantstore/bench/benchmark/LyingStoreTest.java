package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Excerpt;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantView;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.testengine.Lie;
import dev.grantstore.bench.testengine.LyingStore;
import dev.grantstore.bench.testengine.ManualTicker;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.bench.testengine.TimedStore;
import dev.grantstore.fixture.manifest.KeySample.GrantKey;
import dev.grantstore.fixture.manifest.KeySample.MissKey;
import dev.grantstore.fixture.manifest.Manifest.SampleSize;
import dev.grantstore.fixture.spec.FixtureSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that lies about one grant, at each place in turn, is found out, and the place named. */
final class LyingStoreTest {
  private static final int GRANTS = 24;
  private static final Subject RIGHT =
      Subjects.inMemory(
          FixtureSpec.reference(GRANTS, 1, 5, 7).withPayload(0.5, 2, 5),
          new SampleSize(GRANTS, GRANTS, GRANTS, 2));
  private static final Map<String, Grant> BY_ID = byId();
  private static final Map<String, String> CHECKS = checks();

  private final ManualTicker ticker = new ManualTicker(100_000);

  @ParameterizedTest
  @EnumSource(
      value = Lie.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TWICE", "SWAPPED"})
  void anyFieldOfAnyGrantIsComparedBeforeTheClock(Lie lie) {
    for (String id : BY_ID.keySet()) {
      String said = found("G2", lie, id::equals);
      assertThat(said).contains("benchmark=G2 key=" + Excerpt.of(id) + " expected=grant of digest");
    }
  }

  /** Right as a value, and wrong in a view, each time. */
  @ParameterizedTest
  @EnumSource(
      value = Lie.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TWICE", "SWAPPED", "EXPANSION", "SHALLOW", "SOURCES", "ANNOTATIONS"})
  void anyFieldOfAViewIsComparedBeforeTheClock(Lie lie) {
    for (String id : BY_ID.keySet()) {
      LyingStore lying = new LyingStore(RIGHT.store(), lie, id::equals);
      Subject inViews =
          over(
              new ForwardingGrantStore(RIGHT.store()) {
                @Override
                public boolean get(String syncId, String grantId, GrantView into) {
                  return lying.get(syncId, grantId, into);
                }
              });
      assertThat(message(failure("G2view", inViews, settings(0))))
          .contains("benchmark=G2view key=" + Excerpt.of(id) + " expected=fields that add up");
    }
  }

  @Test
  void grantThatIsNotThereIsComparedBeforeTheClock() {
    for (String id : BY_ID.keySet()) {
      String missing = id + "\u0000missing";
      assertThat(found("G2", Lie.ID, missing::equals))
          .contains("benchmark=G2 key=" + Excerpt.of(missing) + " expected=nothing");
    }
  }

  @Test
  void anyCheckIsComparedBeforeTheClock() {
    assertThat(CHECKS).hasSizeGreaterThan(GRANTS / 2);
    for (Map.Entry<String, String> check : CHECKS.entrySet()) {
      assertThat(found("Check", Lie.ID, check.getKey()::equals))
          .contains("benchmark=Check key=" + check.getValue() + " expected=");
    }
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void anyFieldAndPlaceOfAnyRowIsComparedBeforeTheClock(Lie lie) {
    for (String benchmark : List.of("G3", "G3all", "G3batch", "G4", "G4all", "G5", "G5all")) {
      int last = 0;
      for (String id : BY_ID.keySet()) {
        WrongAnswerException thrown = failure(benchmark, lie, id::equals, settings(0));
        // The last row of a list has none to change places with.
        last += lie == Lie.SWAPPED && thrown == null ? 1 : 0;
        if (lie != Lie.SWAPPED || thrown != null) {
          assertThat(message(thrown))
              .as("%s of %s", lie, id)
              .contains("benchmark=" + benchmark + " key=" + key(benchmark, id));
        }
      }
      assertThat(last).isLessThanOrEqualTo(lists(benchmark));
    }
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void anyRowOfAListOfSeveralIsComparedAndItsEntitlementNamed(Lie lie) {
    int last = 0;
    for (String id : BY_ID.keySet()) {
      WrongAnswerException thrown = failure("G3x20", lie, id::equals, settings(0));
      if (lie == Lie.SWAPPED && thrown == null) {
        last++; // The last row of all has none to change places with.
        continue;
      }
      String said = message(thrown);

      assertThat(said).as("%s of %s", lie, id).contains("benchmark=G3x20 key=");
      // A row too many and a row in another's place may first be missed where the next list begins.
      if (lie != Lie.SWAPPED && lie != Lie.TWICE) {
        assertThat(said).contains("key=" + key("G3", id));
      }
    }
    assertThat(last).isLessThanOrEqualTo(1);
  }

  @Test
  void entitlementsInAnotherOrderAreFound() {
    Subject backwards =
        over(
            new ForwardingGrantStore(RIGHT.store()) {
              @Override
              public GrantCursor cursor(GrantQuery query) {
                if (query instanceof GrantQuery.ByEntitlements several) {
                  List<EntitlementRef> asked = new ArrayList<>(several.entitlements());
                  Collections.reverse(asked);
                  return super.cursor(new GrantQuery.ByEntitlements(query.syncId(), asked));
                }
                return super.cursor(query);
              }
            });

    assertThat(message(failure("G3x20", backwards, settings(0)))).contains("benchmark=G3x20 key=");
  }

  /** Before the clock, while it warms up, and in it: each answer once, all others right. */
  @ParameterizedTest
  @CsvSource({
    "G2, MISSING",
    "G2, ID",
    "G2, PRINCIPAL_TYPE",
    "G2, PRINCIPAL_ID",
    "G2view, MISSING",
    "G2view, ID",
    "G2view, PRINCIPAL_TYPE",
    "G2view, PRINCIPAL_ID",
    "Check, ID",
    "G3, TWICE",
    "G3, ID",
    "G4, MISSING",
    "G4, ID",
    "G5, MISSING",
    "G5, TWICE",
    "G5, ID",
    "G3all, MISSING",
    "G3all, ENTITLEMENT_TYPE",
    "G3all, PRINCIPAL_ID",
    "G3all, SECOND",
    "G4all, ID",
    "G4all, ENTITLEMENT_RESOURCE",
    "G4all, NANOSECOND",
    "G5all, TWICE",
    "G5all, ENTITLEMENT_ID",
    "G5all, PRINCIPAL_TYPE",
    "G5all, NEEDS_EXPANSION",
    "G3batch, ENTITLEMENT_ID",
    "G4batch, SECOND",
    "G5batch, MISSING",
    "G5batch, TWICE",
    "G5batch, PRINCIPAL_ID",
  })
  void anyAnswerThatIsWrongOnceIsFound(String benchmark, Lie lie) {
    everyPlace(benchmark, lie, settings(0));
    everyPlace(benchmark, lie, cold());
    if (Benchmarks.named(List.of(benchmark)).get(0).asksByKey()) {
      everyPlace(benchmark, lie, settings(500));
    }
  }

  private void everyPlace(String benchmark, Lie lie, CellSettings settings) {
    Once never = new Once(-1);
    assertThat(failure(benchmark, lie, never, settings)).isNull();
    assertThat(never.asked).isGreaterThanOrEqualTo(2 * 2);
    for (int place = 0; place < never.asked; place++) {
      Once once = new Once(place);
      assertThat(message(failure(benchmark, lie, once, settings)))
          .as("%s %s, answer %d of %d", benchmark, lie, place, never.asked)
          .contains("benchmark=" + benchmark + " key=" + key(benchmark, once.struck));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"G2", "G2view", "G3", "G3all", "G4", "G4all", "G5", "G5all", "G5batch", "Check"})
  void answerOfThePassThatCountsIsFound(String name) {
    Benchmark benchmark = Benchmarks.named(List.of(name)).get(0);
    for (int place = 0; place < GRANTS; place++) {
      Once once = new Once(place);
      Subject lying = lying(Lie.MISSING, once);
      assertThatThrownBy(() -> ReadAgain.run(benchmark, lying, settings(0), new Halt()))
          .isInstanceOf(WrongAnswerException.class)
          .hasMessageContaining("benchmark=" + name + " key=" + key(name, once.struck));
    }
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void wholeSyncIsComparedBeforehand(Lie lie) {
    int last = 0;
    for (String id : BY_ID.keySet()) {
      WrongAnswerException thrown =
          catchThrowableOfType(
              WrongAnswerException.class,
              () -> SyncCheck.verify(lying(lie, id::equals), new Halt()));
      last += thrown == null ? 1 : 0;
    }
    assertThat(last).isEqualTo(lie == Lie.SWAPPED ? 1 : 0);
  }

  @Test
  void droppedRowIsNamedWithBothCounts() {
    assertThat(found("G5", Lie.MISSING, RIGHT.keys().grants().get(0).id()::equals))
        .contains("expected=24 rows (digest ", "found=23 rows (digest ");
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void writtenSyncIsReadBackAndCompared(Lie lie) {
    int last = 0;
    for (String id : BY_ID.keySet()) {
      WrongAnswerException thrown = written("G1", lie, id::equals);
      last += thrown == null ? 1 : 0;
      assertThat(thrown == null || message(thrown).contains("benchmark=G1 key=scan of")).isTrue();
    }
    assertThat(last).isEqualTo(lie == Lie.SWAPPED ? 1 : 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Lie.class,
      names = {"MISSING", "ID", "PRINCIPAL_ID"})
  void answerWhileSomebodyWritesIsCompared(Lie lie) {
    for (String id : BY_ID.keySet()) {
      assertThat(message(written("G2+writes", lie, id::equals)))
          .contains("benchmark=G2 key=" + Excerpt.of(id));
    }
  }

  /** {@return what is said of a store that lies whenever it is asked for that} */
  private String found(String benchmark, Lie lie, Predicate<String> strikes) {
    return message(failure(benchmark, lie, strikes, settings(0)));
  }

  private WrongAnswerException failure(
      String benchmark, Lie lie, Predicate<String> strikes, CellSettings settings) {
    return failure(benchmark, lying(lie, strikes), settings);
  }

  private WrongAnswerException written(String benchmark, Lie lie, Predicate<String> strikes) {
    Subjects.MemoryScratch scratch =
        new Subjects.MemoryScratch(store -> timed(new LyingStore(store, lie, strikes)));
    return failure(
        benchmark, Subjects.timed(ticker, Subjects.writing(scratch, RIGHT)), settings(0));
  }

  private WrongAnswerException failure(String name, Subject lying, CellSettings settings) {
    Benchmark benchmark = Benchmarks.named(List.of(name)).get(0);
    return catchThrowableOfType(
        WrongAnswerException.class,
        () -> {
          Figures figures = benchmark.measure(lying, settings, new Halt());
          assertThat(figures.measurement().ops()).isPositive();
        });
  }

  private Subject lying(Lie lie, Predicate<String> strikes) {
    return over(new LyingStore(RIGHT.store(), lie, strikes));
  }

  private Subject over(GrantStore store) {
    return Subjects.timed(ticker, RIGHT.through(timed(store)));
  }

  /** An operation is then a millisecond, with a look at the clock. */
  private GrantStore timed(GrantStore store) {
    return new TimedStore(store, ticker, Duration.ofNanos(900_000));
  }

  private static CellSettings settings(double rate) {
    Duration few = Duration.ofMillis(2);
    return new CellSettings(
        few, few, few, 1, 0.5, 1, KeyDistribution.UNIFORM, Temperature.WARM, rate);
  }

  private static CellSettings cold() {
    Duration none = Duration.ZERO;
    return new CellSettings(
        none, none, Duration.ofHours(1), 1, 0.5, 1, KeyDistribution.UNIFORM, Temperature.COLD, 0);
  }

  private static String key(String benchmark, String struck) {
    return switch (benchmark) {
      case "G2", "G2view" -> Excerpt.of(struck);
      case "G3", "G3all", "G3batch" -> KeyNames.of(grant(struck).entitlement());
      case "G4", "G4all", "G4batch" -> KeyNames.of(grant(struck).principal());
      case "Check" -> String.valueOf(CHECKS.get(struck));
      default -> "scan of";
    };
  }

  private static int lists(String benchmark) {
    return switch (benchmark) {
      case "G3", "G3all", "G3batch" -> RIGHT.keys().entitlements().size();
      case "G4", "G4all", "G4batch" -> RIGHT.keys().principals().size();
      default -> 1;
    };
  }

  private static Grant grant(String id) {
    return java.util.Objects.requireNonNull(BY_ID.get(id), id);
  }

  private static String message(WrongAnswerException thrown) {
    assertThat(thrown).as("nothing was found").isNotNull();
    return String.valueOf(thrown.getMessage());
  }

  private static Map<String, Grant> byId() {
    Map<String, Grant> grants = new HashMap<>();
    RIGHT
        .grants()
        .part(
            0,
            1,
            grant -> {
              grants.put(grant.id(), grant);
              return true;
            });
    return grants;
  }

  private static Map<String, String> checks() {
    Map<String, String> names = new HashMap<>();
    for (GrantKey key : RIGHT.keys().grants()) {
      names.put(
          LyingStore.check(key.principal(), key.entitlement()),
          KeyNames.of(key.principal()) + " holds " + KeyNames.of(key.entitlement()));
    }
    for (MissKey key : RIGHT.keys().misses()) {
      names.put(
          LyingStore.check(key.principal(), key.entitlement()),
          KeyNames.of(key.principal()) + " holds " + KeyNames.of(key.entitlement()));
    }
    return names;
  }

  /** Strikes once, at a place among all that was asked. */
  private static final class Once implements Predicate<String> {
    private final int place;
    private int asked;
    private String struck = "";

    Once(int place) {
      this.place = place;
    }

    @Override
    public boolean test(String what) {
      if (asked++ != place) {
        return false;
      }
      struck = what;
      return true;
    }
  }
}
