package dev.grantstore.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.Reason;
import dev.grantstore.codec.GrantArbitraries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

final class SyncMergeProperties {
  private static final List<List<Integer>> ORDERS =
      List.of(
          List.of(0, 1, 2),
          List.of(0, 2, 1),
          List.of(1, 0, 2),
          List.of(1, 2, 0),
          List.of(2, 0, 1),
          List.of(2, 1, 0));

  /** A source, and where it is. */
  record Given(String engine, boolean deletes, List<Grant> rows) {
    Map<String, Grant> byId() {
      Map<String, Grant> byId = new LinkedHashMap<>();
      rows.forEach(grant -> byId.put(grant.id(), grant));
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
  void inEveryOrderOfSourcesItIsWhatTheModelSaysManyTimes(
      @ForAll("sources") Given one,
      @ForAll("sources") Given two,
      @ForAll("sources") Given three,
      @ForAll("names") String target) {
    inEveryOrderOfSourcesItIsWhatTheModelSays(one, two, three, target);
  }

  @Property(tries = 12)
  void inEveryOrderOfSourcesItIsWhatTheModelSays(
      @ForAll("sources") Given one,
      @ForAll("sources") Given two,
      @ForAll("sources") Given three,
      @ForAll("names") String target) {
    List<Given> all = List.of(one, two, three);
    List<SyncMerge.Source> sources = new ArrayList<>();
    for (Given given : all) {
      String type = given.deletes() ? SyncMerge.DELETIONS : "full";
      String sync = engines().sealed(given.engine(), type, given.byId().values(), false);
      sources.add(new SyncMerge.Source(engines().store(given.engine()), sync));
    }
    GrantStore store = engines().store(target);
    for (List<Integer> order : ORDERS) {
      List<SyncMerge.Source> ordered = order.stream().map(sources::get).toList();
      List<Given> given = order.stream().map(all::get).toList();
      merge(ordered, given, store, MergePolicy.REBUILD);
      if (canFold(given, target)) {
        merge(ordered, given, store, MergePolicy.FOLD);
      } else {
        assertThatThrownBy(() -> merge(ordered, given, store, MergePolicy.FOLD))
            .isInstanceOfSatisfying(
                GrantStoreException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED));
      }
    }
  }

  /** Whether the largest source that has grants, of which the first counts, is packed. */
  private static boolean canFold(List<Given> given, String target) {
    Given base = null;
    for (Given source : given) {
      if (!source.deletes() && (base == null || source.byId().size() > base.byId().size())) {
        base = source;
      }
    }
    return base != null && base.engine().equals("rocksdb") && target.equals("rocksdb");
  }

  private static void merge(
      List<SyncMerge.Source> sources, List<Given> given, GrantStore store, MergePolicy policy) {
    String merged = engines().newSync();
    MergeReport report = SyncMerge.newestWins(sources, store, merged, policy, EveryEngine.SMALL);
    Model model = new Model(given);
    assertThat(EveryEngine.list(store, new GrantQuery.Scan(merged)))
        .isEqualTo(List.copyOf(model.winners.values()));
    assertThat(EveryEngine.list(store, new GrantQuery.ScanByEntitlement(merged)))
        .containsExactlyInAnyOrderElementsOf(model.winners.values());
    DigestAccumulator digest = new DigestAccumulator();
    model.winners.values().forEach(digest::add);
    assertThat(report.sync().digest()).contains(digest.digest());
    assertThat(report)
        .isEqualTo(
            new MergeReport(
                store.sync(merged).orElseThrow(),
                policy,
                model.rows,
                model.winners.size(),
                model.replaced,
                model.deleted,
                model.deletions,
                model.ties.size(),
                model.ties.stream().limit(MergeReport.MOST_TIES).toList()));
  }

  /** One id after the other, one source after the other. */
  private static final class Model {
    final Map<String, Grant> winners = new TreeMap<>(Ids.ORDER);
    final TreeSet<String> ties = new TreeSet<>(Ids.ORDER);
    long rows;
    long replaced;
    long deleted;
    long deletions;

    Model(List<Given> sources) {
      TreeSet<String> ids = new TreeSet<>(Ids.ORDER);
      for (Given source : sources) {
        ids.addAll(source.byId().keySet());
        rows += source.byId().size();
        deletions += source.deletes() ? source.byId().size() : 0;
      }
      ids.forEach(id -> decide(id, sources));
    }

    private void decide(String id, List<Given> sources) {
      Instant newest = Instant.MIN;
      long grants = 0;
      for (Given source : sources) {
        Grant grant = source.byId().get(id);
        if (grant != null) {
          newest = grant.discoveredAt().isAfter(newest) ? grant.discoveredAt() : newest;
          grants += source.deletes() ? 0 : 1;
        }
      }
      List<Object> last = new ArrayList<>();
      for (Given source : sources) {
        Grant grant = source.byId().get(id);
        if (grant != null && grant.discoveredAt().equals(newest)) {
          last.add(source.deletes() ? "deletion" : grant);
        }
      }
      Object winner = last.get(last.size() - 1);
      if (last.stream().distinct().count() > 1) {
        ties.add(id);
      }
      if (winner instanceof Grant grant) {
        winners.put(id, grant);
        replaced += grants - 1;
      } else {
        deleted += grants;
      }
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(EveryEngine.NAMES);
  }

  @Provide
  Arbitrary<Given> sources() {
    Arbitrary<Grant> grants =
        Combinators.combine(
                GrantArbitraries.grants(GrantArbitraries.fewIds()),
                Arbitraries.of("a", "b", "\u0000", "\ud83d\udd25", "\uffff", "ab"),
                Arbitraries.of(
                    Instant.EPOCH,
                    Instant.ofEpochSecond(0, 1),
                    Instant.ofEpochSecond(-1, 999_999_999),
                    Instant.ofEpochSecond(5)))
            .as((grant, id, time) -> Grants.withTime(Grants.withId(grant, id), time));
    return Combinators.combine(
            Arbitraries.of(EveryEngine.NAMES),
            Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)),
            grants.list().ofMaxSize(8))
        .as(Given::new);
  }

  private static EveryEngine engines() {
    EveryEngine open = engines;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    return open;
  }
}
