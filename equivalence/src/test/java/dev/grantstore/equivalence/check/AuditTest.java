package dev.grantstore.equivalence.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import dev.grantstore.equivalence.workload.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An audit contradicts a store whose answers do not follow from its scan, on either side. */
final class AuditTest {
  private static final List<String> IDS = List.of("g", "h", "i", "e", "ee", "p", "pp", "t");
  private static final Row FIRST = row(0, 3, 5);
  private static final Row SECOND = row(1, 4, 6);

  /** Is put and deleted again: what is asked of it has no answer. */
  private static final Row GONE = row(2, 3, 6);

  private static final Workload WORKLOAD =
      new Workload(
          1,
          IDS,
          List.of("s"),
          List.of(
              new Op.StartSync(0),
              new Op.Put(0, FIRST),
              new Op.Put(0, SECOND),
              new Op.Put(0, GONE),
              new Op.Delete(0, 2)));

  @Test
  void aStoreThatIsRightIsNotContradicted() {
    assertThat(contradiction(store -> store)).isEmpty();
  }

  static Stream<Named<UnaryOperator<GrantStore>>> liars() {
    return Stream.of(
        Named.of("holds nothing", store -> holding(store, false)),
        Named.of("holds everything", store -> holding(store, true)),
        Named.of("gets nothing", store -> getting(store, List.of())),
        Named.of(
            "gets what is gone",
            store ->
                getting(
                    store,
                    List.of(WORKLOAD.grant(FIRST), WORKLOAD.grant(SECOND), WORKLOAD.grant(GONE)))),
        Named.of(
            "gets another",
            store -> getting(store, List.of(WORKLOAD.grant(row(0, 3, 6)), WORKLOAD.grant(SECOND)))),
        Named.of("lists nothing", store -> listing(store, true)),
        Named.of("lists what is elsewhere", store -> listing(store, false)),
        Named.of("ends behind a page", AuditTest::endingBehindAPage),
        Named.of("says another digest", AuditTest::sayingAnotherDigest),
        Named.of("has a sync more", AuditTest::havingASyncMore));
  }

  @ParameterizedTest
  @MethodSource("liars")
  void aStoreThatContradictsItselfIsFound(UnaryOperator<GrantStore> liar) {
    assertThat(contradiction(liar)).isPresent();
  }

  private static Optional<Divergence> contradiction(UnaryOperator<GrantStore> through) {
    try (GrantStore store = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE))) {
      store.startSync("s", "full", Instant.EPOCH);
      store.putAll("s", List.of(WORKLOAD.grant(FIRST), WORKLOAD.grant(SECOND)));
      store.seal("s", Instant.EPOCH);
      return new Audit(WORKLOAD).contradiction("liar", 5, through.apply(store), 1);
    }
  }

  private static GrantStore holding(GrantStore store, boolean always) {
    return new ForwardingGrantStore(store) {
      @Override
      public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
        return always;
      }
    };
  }

  private static GrantStore getting(GrantStore store, List<Grant> there) {
    return new ForwardingGrantStore(store) {
      @Override
      public List<Optional<Grant>> getAll(String syncId, List<String> ids) {
        List<Optional<Grant>> all = new ArrayList<>();
        for (String id : ids) {
          all.add(there.stream().filter(grant -> grant.id().equals(id)).findFirst());
        }
        return all;
      }
    };
  }

  /** Lists by entitlement have nothing, or all rows of another one. */
  private static GrantStore listing(GrantStore store, boolean nothing) {
    EntitlementRef other = WORKLOAD.entitlement(nothing ? entitlement(7) : entitlement(4));
    return new ForwardingGrantStore(store) {
      @Override
      public GrantCursor cursor(GrantQuery query) {
        return super.cursor(
            query instanceof GrantQuery.ByEntitlement
                ? new GrantQuery.ByEntitlement("s", other)
                : query);
      }
    };
  }

  private static GrantStore endingBehindAPage(GrantStore store) {
    return new ForwardingGrantStore(store) {
      @Override
      public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
        return new GrantPage(super.page(query, limitRows, after).grants(), Optional.empty());
      }
    };
  }

  private static GrantStore sayingAnotherDigest(GrantStore store) {
    return new ForwardingGrantStore(store) {
      @Override
      public List<SyncRun> syncs() {
        return super.syncs().stream()
            .map(run -> SyncRun.open(run.id(), run.type(), run.startedAt()))
            .map(run -> run.sealed(Instant.EPOCH, ContentDigest.EMPTY))
            .toList();
      }
    };
  }

  private static GrantStore havingASyncMore(GrantStore store) {
    store.startSync("more", "full", Instant.EPOCH);
    return store;
  }

  private static Row row(int id, int entitlement, int principal) {
    return new Row(id, entitlement(entitlement), new PrincipalIds(7, principal), 0);
  }

  private static EntitlementIds entitlement(int id) {
    return new EntitlementIds(7, 7, id);
  }
}
