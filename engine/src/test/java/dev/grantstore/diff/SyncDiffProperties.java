package dev.grantstore.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.codec.GrantArbitraries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

final class SyncDiffProperties {
  /** Where a sync is, and how it came there. */
  record Place(String engine, boolean isLoaded) {}

  /** The first sync, and what makes the second one of it. */
  record Edited(List<Grant> first, List<Integer> dropped, List<Grant> put) {
    Collection<Grant> before() {
      return byId(first).values();
    }

    Collection<Grant> after() {
      Map<String, Grant> after = byId(first);
      List<String> ids = new ArrayList<>(after.keySet());
      dropped.stream().filter(i -> i < ids.size()).forEach(i -> after.remove(ids.get(i)));
      put.forEach(grant -> after.put(grant.id(), grant));
      return after.values();
    }

    private static Map<String, Grant> byId(List<Grant> grants) {
      Map<String, Grant> byId = new LinkedHashMap<>();
      grants.forEach(grant -> byId.put(grant.id(), grant));
      return byId;
    }
  }

  private static @Nullable EveryEngine engines;

  @BeforeContainer
  static void open() {
    engines = new EveryEngine();
  }

  @AfterContainer
  static void close() {
    engines().close();
  }

  @Tag("deep")
  @Property(tries = 300)
  void appliedToTheFirstItGivesTheSecondManyTimes(
      @ForAll("edits") Edited edited,
      @ForAll("places") Place first,
      @ForAll("places") Place second,
      @ForAll boolean readsAllRows,
      @ForAll boolean keepsDigests,
      @ForAll Random random) {
    appliedToTheFirstItGivesTheSecond(edited, first, second, readsAllRows, keepsDigests, random);
  }

  @Property(tries = 25)
  void appliedToTheFirstItGivesTheSecond(
      @ForAll("edits") Edited edited,
      @ForAll("places") Place first,
      @ForAll("places") Place second,
      @ForAll boolean readsAllRows,
      @ForAll boolean keepsDigests,
      @ForAll Random random) {
    GrantStore a = engines().store(first.engine());
    GrantStore b = engines().store(second.engine());
    String before = engines().sealed(first.engine(), "full", edited.before(), first.isLoaded());
    String after = engines().sealed(second.engine(), "full", edited.after(), second.isLoaded());
    if (keepsDigests) {
      a.settle(Duration.ofMinutes(1));
      b.settle(Duration.ofMinutes(1));
    }
    Found found = new Found();
    SyncDiff diff = SyncDiff.between(a, before, b, after);
    DiffReport report = (readsAllRows ? diff.readingAllRows() : diff).run(found);

    List<GrantChange> changes = new ArrayList<>(found.changes);
    Collections.shuffle(changes, random);
    String applied = engines().newSync();
    GrantStore model = engines().store("memory");
    model.startSync(applied, "", EveryEngine.ENDED);
    model.putAll(applied, edited.before());
    changes.forEach(change -> apply(model, applied, change));
    assertThat(EveryEngine.list(model, new GrantQuery.Scan(applied)))
        .isEqualTo(EveryEngine.list(b, new GrantQuery.Scan(after)));

    assertThat(report.isEqual())
        .isEqualTo(a.sync(before).get().digest().equals(b.sync(after).get().digest()));
    assertThat(report.counts()).isEqualTo(found.counted()).isEqualTo(found.summed());
    assertThat(report.entitlements()).isEqualTo(found.entitlements.size());
    assertThat(found.entitlements).doesNotHaveDuplicates();
    assertThat(found.changes).isSortedAccordingTo(ChangeOrder.INSTANCE);
    a.drop(before);
    b.drop(after);
  }

  private static void apply(GrantStore store, String sync, GrantChange change) {
    change.after().ifPresent(grant -> store.put(sync, grant));
    if (change.after().isEmpty() && store.get(sync, idOf(change)).equals(change.before())) {
      store.delete(sync, idOf(change));
    }
  }

  private static String idOf(GrantChange change) {
    return change.before().or(change::after).orElseThrow().id();
  }

  @Provide
  Arbitrary<Place> places() {
    return Combinators.combine(Arbitraries.of(EveryEngine.NAMES), Arbitraries.of(true, false))
        .as(Place::new);
  }

  @Provide
  Arbitrary<Edited> edits() {
    Arbitrary<Grant> grants =
        Combinators.combine(
                GrantArbitraries.grants(GrantArbitraries.fewIds()),
                Arbitraries.integers().between(0, 19))
            .as((grant, number) -> Grants.withId(grant, "g" + number));
    return Combinators.combine(
            grants.list().ofMaxSize(20),
            Arbitraries.integers().between(0, 19).list().ofMaxSize(5),
            grants.list().ofMaxSize(5))
        .as(Edited::new);
  }

  private static EveryEngine engines() {
    EveryEngine open = engines;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    return open;
  }
}
