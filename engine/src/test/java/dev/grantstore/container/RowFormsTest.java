package dev.grantstore.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.CanonicalForm;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSource;
import dev.grantstore.GrantStore;
import dev.grantstore.PrincipalRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The canonical form of a row is that of its grant, whatever the grant has, in every form. */
final class RowFormsTest {
  private static final Instant FOUND = Instant.ofEpochSecond(-7, 123_456_789);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "rocksdb packed=0", "sqlite", "lmdb", "mvstore", "memory"})
  void aRowHasTheFormOfItsGrant(String engine) {
    List<Grant> grants = grants();
    Path file = folder.resolve("all.gsync");
    try (GrantStore store = Containers.store(engine, folder.resolve("store"))) {
      store.startSync("plain", "full", Containers.STARTED);
      store.startSync("all", "full", Containers.STARTED);
      // A page of its own is written otherwise where no row has details.
      List<Grant> plain = grants.stream().filter(grant -> !hasDetails(grant)).toList();
      store.putAll("plain", plain);
      store.putAll("all", grants);
      for (boolean isSealed : List.of(false, true)) {
        if (isSealed) {
          store.seal("plain", Containers.ENDED);
          store.seal("all", Containers.ENDED);
        }
        assertForms(store, "plain", plain);
        assertForms(store, "all", grants);
      }
      SyncFiles.save(store, List.of("plain", "all"), file, SaveOptions.defaults());
    }
    try (GrantStore container = SyncFiles.open(file, 0)) {
      assertForms(container, "all", grants);
    }
  }

  private static void assertForms(GrantStore store, String sync, List<Grant> grants) {
    CanonicalForm form = new CanonicalForm();
    List<Grant> found = new ArrayList<>();
    try (GrantCursor cursor = store.cursor(new GrantQuery.Scan(sync))) {
      while (cursor.next()) {
        Grant grant = cursor.grant();
        found.add(grant);
        assertThat(cursor.hasDetails()).as("%s", grant).isEqualTo(hasDetails(grant));
        form.encode(grant);
        byte[] whole = Arrays.copyOf(form.array(), form.length());
        form.encode(cursor);
        assertThat(Arrays.copyOf(form.array(), form.length())).as("%s", grant).isEqualTo(whole);
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(grants);
  }

  private static boolean hasDetails(Grant grant) {
    return grant.id().charAt(0) != 'n';
  }

  /** Each kind of details alone and none, with an end and without, needing expansion and not. */
  private static List<Grant> grants() {
    List<Grant> grants = new ArrayList<>();
    for (Optional<Instant> end :
        List.of(Optional.<Instant>empty(), Optional.of(FOUND.minusSeconds(1)))) {
      for (boolean needs : List.of(false, true)) {
        String as = end.isPresent() + "-" + needs;
        grants.add(grant("none-" + as, needs, false, 0, 0, end));
        grants.add(grant("expansion-" + as, needs, true, 0, 0, end));
        grants.add(grant("sources-" + as, needs, false, 1, 0, end));
        grants.add(grant("annotations-" + as, needs, false, 0, 1, end));
      }
    }
    return grants;
  }

  private static Grant grant(
      String id,
      boolean needs,
      boolean hasExpansion,
      int sources,
      int annotations,
      Optional<Instant> end) {
    return new Grant(
        id,
        new EntitlementRef("app", "ä", "e"),
        new PrincipalRef("user", "\u0000u"),
        FOUND,
        needs,
        hasExpansion ? Optional.of(new Expansion(List.of(), false, List.of())) : Optional.empty(),
        List.of(new GrantSource("s", "t", "r", "e", true)).subList(0, sources),
        List.of(new Annotation("type", Bytes.copyOf(new byte[] {1}))).subList(0, annotations),
        end);
  }
}
