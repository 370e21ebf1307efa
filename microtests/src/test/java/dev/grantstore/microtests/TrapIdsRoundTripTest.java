package dev.grantstore.microtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.PrincipalRef;
import dev.grantstore.equivalence.workload.TrapIds;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.source.ImportOptions;
import dev.grantstore.fixture.source.JsonlWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ids on which stores have stumbled, through every list that is written and read. */
final class TrapIdsRoundTripTest {
  private static final Instant TIME = Instant.parse("2025-01-02T03:04:05.000000006Z");

  @TempDir private Path folder;

  @Test
  void idsComeThroughJsonLinesAndBackAsTheyWere() throws IOException {
    Path file = folder.resolve("traps.jsonl.gz");
    try (OutputStream out = Files.newOutputStream(file);
        JsonlWriter writer = new JsonlWriter(new GZIPOutputStream(out))) {
      Fixture fixture = imported("direct", csv(',', "first.csv"));
      for (Grant grant : grants(fixture)) {
        writer.write(grant);
      }
      writer.end(fixture.manifest().syncs().get(0).all().digest());
    }
    assertThat(grants(imported("again", file))).containsExactlyInAnyOrderElementsOf(traps());
  }

  @Test
  void idsComeThroughCommaAndTabSeparatedRowsAsTheyWere() throws IOException {
    assertThat(grants(imported("csv", csv(',', "traps.csv"))))
        .containsExactlyInAnyOrderElementsOf(traps());
    assertThat(grants(imported("tsv", csv('\t', "traps.tsv"))))
        .containsExactlyInAnyOrderElementsOf(traps());
  }

  /** Every trap in every field, and blanks around it. */
  private static List<Grant> traps() {
    List<String> ids = new ArrayList<>(TrapIds.notEmpty());
    TrapIds.notEmpty().forEach(id -> ids.add(" " + id + "\t"));
    List<Grant> grants = new ArrayList<>();
    for (String id : ids) {
      grants.add(Grant.of(id, new EntitlementRef(id, id, id), new PrincipalRef(id, id), TIME));
    }
    for (String id : TrapIds.all()) {
      grants.add(
          Grant.of(
              "other of " + id, new EntitlementRef("", id, ""), new PrincipalRef(id, ""), TIME));
    }
    return grants;
  }

  private Path csv(char delimiter, String name) throws IOException {
    StringBuilder text = new StringBuilder();
    String header =
        "id,entitlementResourceTypeId,entitlementResourceId,entitlementId,"
            + "principalResourceTypeId,principalResourceId,discoveredAt";
    text.append(header.replace(',', delimiter)).append("\r\n");
    for (Grant grant : traps()) {
      List<String> fields =
          List.of(
              grant.id(),
              grant.entitlement().resourceTypeId(),
              grant.entitlement().resourceId(),
              grant.entitlement().entitlementId(),
              grant.principal().resourceTypeId(),
              grant.principal().resourceId(),
              grant.discoveredAt().toString());
      text.append(
          String.join(
              String.valueOf(delimiter),
              fields.stream().map(field -> '"' + field.replace("\"", "\"\"") + '"').toList()));
      text.append("\r\n");
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private Fixture imported(String name, Path file) throws IOException {
    return Fixtures.importFile(
            file,
            ImportOptions.DEFAULT,
            CreateOptions.defaults(),
            folder.resolve(name),
            Progress.NONE)
        .fixture();
  }

  private static List<Grant> grants(Fixture fixture) {
    List<Grant> grants = new ArrayList<>();
    try (GrantStore store = fixture.openStore(1 << 20);
        GrantCursor cursor =
            store.cursor(new GrantQuery.Scan(fixture.manifest().syncs().get(0).id()))) {
      while (cursor.next()) {
        grants.add(cursor.grant());
      }
    }
    return grants;
  }
}
