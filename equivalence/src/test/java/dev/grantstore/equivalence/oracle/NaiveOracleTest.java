package dev.grantstore.equivalence.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.CanonicalForm;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSource;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.PageToken;
import dev.grantstore.PageTokenFormat;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.check.Rows;
import dev.grantstore.equivalence.run.BuildSeed;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Runner;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.run.WrappedSubject;
import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.Payload;
import dev.grantstore.equivalence.workload.QueryKind;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import dev.grantstore.equivalence.workload.TrapIds;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every engine, and the memory store that they are compared with, against {@link NaiveModel}. */
final class NaiveOracleTest {
  private static final int TRIES =
      Integer.getInteger("equiv.oracle.tries", Boolean.getBoolean("tests.deep") ? 25 : 10);
  private static final UUID STORE = new UUID(0x0102030405060708L, 0xf1f2f3f4f5f6f7f8L);

  @TempDir Path folder;

  /** The worked example of the contract: this code reads its grammar as it was meant. */
  @Test
  void theWorkedExampleComesOut() {
    Grant example =
        new Grant(
            "g1",
            new EntitlementRef("app", "", "ent"),
            new PrincipalRef("user", "a\u0000\u0001b"),
            Instant.parse("2026-01-02T03:04:05.000000006Z"),
            true,
            Optional.of(new Expansion(List.of("e2"), true, List.of("user"))),
            List.of(new GrantSource("e9", "app", "", "e9", true)),
            List.of(new Annotation("u", Bytes.copyOf(new byte[] {0, -1}))));

    assertThat(NaiveContract.digest(List.of(example)))
        .isEqualTo("ae1c8dac774f68458a4338fd12b62366/1");
  }

  @Test
  void idsAreOrderedByTheirBytes() {
    List<String> ids = new ArrayList<>(TrapIds.all());
    for (String a : ids) {
      for (String b : ids) {
        assertThat(Integer.signum(Ids.ORDER.compare(a, b)))
            .as("%s to %s", a, b)
            .isEqualTo(NaiveContract.compare(a, b));
      }
    }
  }

  /** Each payload there is, but for those that differ in what a grant does not have. */
  @Test
  void everyGrantHasTheFormAndTheDigestOfTheContract() {
    CanonicalForm form = new CanonicalForm();
    Set<String> digests = new HashSet<>();
    for (int value = 0; value < Payload.COUNT; value += 41 + value % 7) {
      Grant grant = grant("g" + value % 11, value);

      form.encode(grant);
      byte[] expected = NaiveContract.form(grant);
      assertThat(Arrays.copyOf(form.array(), form.length())).isEqualTo(expected);
      DigestAccumulator sum = new DigestAccumulator();
      sum.add(grant);
      sum.add(grant("g", value));
      sum.remove(grant("g", value));
      assertThat(sum.digest().toString()).isEqualTo(NaiveContract.digest(List.of(grant)));
      digests.add(NaiveContract.digest(List.of(grant)));
    }
    assertThat(digests).hasSizeGreaterThan(3_000);
  }

  @Test
  void tokensAreMadeAsTheContractSays() {
    Set<Long> scopes = new HashSet<>();
    List<GrantQuery> queries = queries(List.of("", "a", "b", "ab", "\u0000", "\ud83d\udd25"));
    for (GrantQuery query : queries) {
      for (int length : List.of(0, 1, 2, 3, 300)) {
        byte[] position = new byte[length];
        Arrays.fill(position, (byte) (length + 0x80));
        NaiveToken token = NaiveToken.parse(PageTokenFormat.write(STORE, query, position).text());
        assertThat(token.version()).isEqualTo(1);
        assertThat(token.scope()).isEqualTo(NaiveToken.scope(STORE, query));
        assertThat(token.position()).isEqualTo(position);
        scopes.add(token.scope());
      }
    }
    assertThat(scopes).as("each query has its own").hasSameSizeAs(queries);
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "rocksdb", "sqlite", "mvstore", "lmdb"})
  void whatAWorkloadLeavesIsWhatTheContractSays(String engine) {
    boolean isShort = engine.equals("lmdb");
    WorkloadGenerator generator = WorkloadGenerator.upTo(200);
    Subject sound =
        engine.equals("memory")
            ? ForgetfulSubject.memory()
            : FolderSubject.of(engine, folder, WorkloadGenerator.SEEDS_PER_SETTINGS);
    try (Judged subject = new Judged(sound)) {
      for (int i = 0; i < TRIES; i++) {
        subject.workload =
            (isShort ? generator.withShortIds() : generator).generate(BuildSeed.first() + i);
        assertThat(Runner.run(subject, subject.workload).contradiction())
            .as("seed %d", BuildSeed.first() + i)
            .isEmpty();
      }
    }
  }

  /** Looks at each store before its run ends. */
  private static final class Judged extends WrappedSubject {
    private Workload workload = new Workload(0, List.of(), List.of(), List.of());

    Judged(Subject sound) {
      super(sound);
    }

    @Override
    public void finish(GrantStore store) {
      NaiveModel model = NaiveModel.of(workload);
      assertThat(store.syncs().stream().map(SyncRun::id)).containsExactlyElementsOf(model.syncs());
      Map<String, GrantQuery> owners = new HashMap<>();
      for (String sync : model.syncs()) {
        Collection<Grant> grants = model.grants(sync);
        assertThat(store.sync(sync).orElseThrow().digest().map(Object::toString))
            .isEqualTo(
                model.isSealed(sync)
                    ? Optional.of(NaiveContract.digest(grants))
                    : Optional.empty());
        int token = model.token(sync);
        assertThat(store.sync(sync).orElseThrow().resumeToken())
            .isEqualTo(token > 0 ? Optional.of(Payload.resumeToken(token)) : Optional.empty());
        for (GrantQuery query : queriesOf(sync, grants)) {
          checkList(store, query, NaiveContract.list(query, grants), owners);
        }
        for (int number = 1; number <= Payload.INSTANTS; number++) {
          Instant asOf = Payload.instant(number);
          GrantReader live = store.asOf(asOf);
          List<Grant> left = NaiveContract.asOf(grants, asOf);
          GrantQuery scan = new GrantQuery.Scan(sync);
          assertThat(Rows.list(live, scan).rows().stream().map(Optional::orElseThrow))
              .containsExactlyElementsOf(NaiveContract.list(scan, left));
          assertThat(Rows.pages(live, scan, number)).isEqualTo(Rows.list(live, scan));
        }
      }
      super.finish(store);
    }

    private static void checkList(
        GrantStore store, GrantQuery query, List<Grant> expected, Map<String, GrantQuery> owners) {
      List<Optional<Grant>> rows = Rows.list(store, query).rows();
      assertThat(rows).as("%s", query.kind()).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(NaiveContract.form(rows.get(i).orElseThrow()))
            .as("row %d of %s", i, query.kind())
            .isEqualTo(NaiveContract.form(expected.get(i)));
      }
      Optional<PageToken> next = store.page(query, 1, PageToken.START).next();
      assertThat(next.isPresent()).isEqualTo(expected.size() > 1);
      if (next.isPresent()) {
        checkToken(store, query, next.get(), expected, owners);
      }
    }

    /** It goes on after the first row; it is of this query alone, and no bit of it may change. */
    private static void checkToken(
        GrantStore store,
        GrantQuery query,
        PageToken token,
        List<Grant> expected,
        Map<String, GrantQuery> owners) {
      GrantPage rest = store.page(query, expected.size(), token);
      assertThat(rest.grants()).hasSize(expected.size() - 1);
      assertThat(rest.next()).isEmpty();
      NaiveToken parts = NaiveToken.parse(token.text());
      assertThat(parts.version()).isEqualTo(1);
      GrantQuery owner = owners.putIfAbsent(Long.toHexString(parts.scope()), query);
      assertThat(owner == null || owner.equals(query)).as("two queries have one scope").isTrue();
      for (GrantQuery other : owners.values()) {
        if (!other.equals(query)) {
          assertInvalid(store, other, token.text());
        }
      }
      int at = Math.floorMod(token.text().hashCode(), token.text().length());
      char changed = token.text().charAt(at) == 'A' ? 'B' : 'A';
      assertInvalid(
          store, query, token.text().substring(0, at) + changed + token.text().substring(at + 1));
    }

    private static void assertInvalid(GrantStore store, GrantQuery query, String token) {
      assertThatThrownBy(() -> store.page(query, 1, new PageToken(token)))
          .isInstanceOfSatisfying(
              GrantStoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_PAGE_TOKEN));
    }
  }

  /** {@return every list in which one of the grants is} */
  private static Set<GrantQuery> queriesOf(String sync, Collection<Grant> grants) {
    Set<GrantQuery> queries = new HashSet<>();
    queries.add(new GrantQuery.Scan(sync));
    queries.add(new GrantQuery.NeedingExpansion(sync));
    queries.add(new GrantQuery.ScanByEntitlement(sync));
    for (Grant g : grants) {
      var e = g.entitlement();
      queries.add(new GrantQuery.ByEntitlement(sync, e));
      queries.add(new GrantQuery.ByEntitlements(sync, List.of(e, g.entitlement(), e)));
      queries.add(new GrantQuery.ByEntitlementResource(sync, e.resourceTypeId(), e.resourceId()));
      queries.add(new GrantQuery.ByPrincipal(sync, g.principal()));
    }
    return queries;
  }

  private static List<GrantQuery> queries(List<String> ids) {
    List<GrantQuery> queries = new ArrayList<>();
    List<String> syncs = List.of("a", "ab", "b");
    Workload names = new Workload(0, ids, syncs, List.of());
    for (int sync = 0; sync < syncs.size(); sync++) {
      for (QueryKind kind : QueryKind.values()) {
        for (int i = 0; i < (int) Math.pow(ids.size(), kind.ids()); i++) {
          List<Integer> asked = new ArrayList<>();
          for (int left = i, n = 0; n < kind.ids(); n++, left /= ids.size()) {
            asked.add(left % ids.size());
          }
          queries.add(names.query(sync, new Ask(kind, asked)));
        }
      }
    }
    return queries;
  }

  private static Grant grant(String id, int value) {
    Workload one = new Workload(0, List.of(id, "", "e", "u"), List.of("s"), List.of());
    return one.grant(new Row(0, new EntitlementIds(2, 1, 2), new PrincipalIds(1, 3), value));
  }
}
