package dev.grantstore.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantBatch;
import dev.grantstore.IdField;
import dev.grantstore.PrincipalRef;
import dev.grantstore.layout.Keyspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Batches of few rows, of columns within columns: what a batch has, and what the reader says of its
 * rows afterwards, is what a reader of one row alone says.
 */
final class BatchedRowsTest {
  private static final List<String> RESOURCES = List.of("res-alpha", "res-beta-x", "res-gamma");
  private static final List<String> TYPES = List.of("app-user", "app-group");
  private static final List<String> HEX =
      List.of("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");

  @ParameterizedTest
  @EnumSource(names = {"GRANTS", "BY_ENTITLEMENT", "BY_PRINCIPAL"})
  void rowsOfSmallBatchesAreThoseReadAlone(Keyspace keyspace) throws Exception {
    PackedRows packed = new PackedRows(grants(), keyspace, 65_536, 1, 1 << 20);
    Page page = packed.open().page(0);
    List<Grant> expected = List.copyOf(packed.rows.values());
    for (int most = 1; most <= 6; most++) {
      GrantBatch batch = new GrantBatch(most);
      PageReader reader = new PageReader();
      reader.open(page);
      for (int from = 0; from + most <= page.rows; from += 1 + from % 3) {
        batch.clear();
        reader.copy(from, most, batch);
        assertThat(batch.rows()).isEqualTo(most);
        for (int row = 0; row < most; row++) {
          assertBatched(batch, row, expected.get(from + row));
        }
        int last = from + most - 1;
        for (IdField field : IdField.values()) {
          assertThat(reader.id(field, last)).hasToString(id(expected.get(last), field));
        }
        assertThat(reader.grant(last)).isEqualTo(expected.get(last));
      }
    }
  }

  private static void assertBatched(GrantBatch batch, int row, Grant grant) {
    for (IdField field : IdField.values()) {
      assertThat(batch.id(field, row)).as("%s", field).hasToString(id(grant, field));
    }
  }

  private static String id(Grant grant, IdField field) {
    return switch (field) {
      case GRANT_ID -> grant.id();
      case ENTITLEMENT_TYPE -> grant.entitlement().resourceTypeId();
      case ENTITLEMENT_RESOURCE -> grant.entitlement().resourceId();
      case ENTITLEMENT_ID -> grant.entitlement().entitlementId();
      case PRINCIPAL_TYPE -> grant.principal().resourceTypeId();
      case PRINCIPAL_ID -> grant.principal().resourceId();
    };
  }

  /** Texts with a start in common, hex, numbers, and ids that are put together from others. */
  private static List<Grant> grants() {
    SplittableRandom random = new SplittableRandom(7);
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String resource = RESOURCES.get(random.nextInt(RESOURCES.size()));
      String principal =
          i % 3 == 0
              ? HEX.get(random.nextInt(HEX.size()))
              : String.format(Locale.ROOT, "%032x", random.nextInt(5));
      String id = String.format(Locale.ROOT, "%s/%016x%04d", resource, random.nextLong() >>> 1, i);
      grants.add(
          new Grant(
              id,
              new EntitlementRef(HEX.get(i % 2), resource, resource + ":member"),
              new PrincipalRef(TYPES.get(random.nextInt(TYPES.size())), principal),
              Instant.ofEpochSecond(1_700_000_000L + i),
              i % 5 == 0,
              Optional.empty(),
              List.of(),
              List.of()));
    }
    return grants;
  }
}
