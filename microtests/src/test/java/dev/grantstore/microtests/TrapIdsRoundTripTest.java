package dev.grantstore.microtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSource;
import dev.grantstore.GrantStore;
import dev.grantstore.PrincipalRef;
import dev.grantstore.equivalence.workload.TrapIds;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.source.FieldMapping;
import dev.grantstore.fixture.source.ImportOptions;
import dev.grantstore.fixture.source.JsonlWriter;
import dev.grantstore.fixture.source.ListOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ids on which stores have stumbled, through every list that is written and read. */
final class TrapIdsRoundTripTest {
  private static final Instant TIME = Instant.parse("2025-01-02T03:04:05.000000006Z");

  @TempDir private Path folder;

  @Test
  void idsComeThroughJsonLinesAndBackAsTheyWere() throws IOException {
    Path file = folder.resolve("traps.jsonl.gz");
    try (OutputStream out = Files.newOutputStream(file);
        JsonlWriter writer = new JsonlWriter(new GZIPOutputStream(out))) {
      Path rows = rows(",", "\r\n", "", traps(), TrapIdsRoundTripTest::quoted);
      Fixture fixture = imported("direct", rows, ",");
      for (Grant grant : grants(fixture)) {
        writer.write(grant);
      }
      writer.end(fixture.manifest().syncs().get(0).all().digest());
    }
    assertThat(grants(imported("again", file))).containsExactlyInAnyOrderElementsOf(traps());
  }

  @Test
  void everyOtherTextOfAGrantComesThroughJsonLinesAsItWas() throws IOException {
    List<Grant> grants = new ArrayList<>();
    for (String trap : TrapIds.all()) {
      for (boolean flag : new boolean[] {false, true}) {
        grants.add(
            new Grant(
                "grant " + grants.size(),
                new EntitlementRef("app", "a", "e"),
                new PrincipalRef("user", "u"),
                flag ? Instant.parse("0001-02-03T04:05:06.7Z") : TIME,
                flag,
                Optional.of(new Expansion(List.of(trap, "x", trap), flag, List.of(trap))),
                List.of(new GrantSource(trap + "s", trap, trap, trap, flag)),
                List.of(
                    new Annotation(trap + "t", Bytes.copyOf(trap.getBytes(UTF_8))),
                    new Annotation("t", Bytes.copyOf(new byte[] {0, -1})))));
      }
    }
    Path file = folder.resolve("payload.jsonl");
    DigestAccumulator digest = new DigestAccumulator();
    try (JsonlWriter writer = new JsonlWriter(Files.newOutputStream(file))) {
      for (Grant grant : grants) {
        writer.write(grant);
        digest.add(grant);
      }
      writer.end(digest.digest());
    }
    assertThat(grants(imported("payload", file))).containsExactlyInAnyOrderElementsOf(grants);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void idsComeThroughQuotedRowsAsTheyWere(String delimiter) throws IOException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      Path file = rows(delimiter, end, "", traps(), TrapIdsRoundTripTest::quoted);
      assertThat(grants(imported("quoted" + end.length() + end.hashCode(), file, delimiter)))
          .containsExactlyInAnyOrderElementsOf(traps());
    }
  }

  /** Blanks included: nothing about an unquoted field is no part of it. */
  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void idsComeThroughRowsWithoutQuotesAsTheyWere(String delimiter) throws IOException {
    List<Grant> plain = new ArrayList<>();
    for (String trap : TrapIds.notEmpty()) {
      for (String id : List.of(trap, " " + trap, trap + " ", "\t" + trap + "\t", "x" + trap)) {
        if (isPlain(id, delimiter)) {
          plain.add(Grant.of(id, new EntitlementRef(id, id, id), new PrincipalRef(id, id), TIME));
        }
      }
    }
    List<String> ids = plain.stream().map(Grant::id).distinct().toList();
    List<Grant> each = ids.stream().map(id -> plain.get(indexOf(plain, id))).toList();
    assertThat(each).hasSizeGreaterThan(100);
    Path file = rows(delimiter, "\n", "\ufeff", each, field -> field);
    assertThat(grants(imported("plain", file, delimiter)))
        .containsExactlyInAnyOrderElementsOf(each);
  }

  private static int indexOf(List<Grant> grants, String id) {
    return grants.stream().map(Grant::id).toList().indexOf(id);
  }

  private static boolean isPlain(String id, String delimiter) {
    boolean isQuote = id.stripLeading().startsWith("\"");
    return !isQuote
        && !id.startsWith("\ufeff")
        && id.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0 || c == 0x1a)
        && !id.contains(delimiter);
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

  private Path rows(
      String delimiter, String end, String mark, List<Grant> grants, UnaryOperator<String> written)
      throws IOException {
    StringBuilder text = new StringBuilder(mark);
    String header =
        "id,entitlementResourceTypeId,entitlementResourceId,entitlementId,"
            + "principalResourceTypeId,principalResourceId,discoveredAt";
    text.append(header.replace(",", delimiter)).append(end);
    for (Grant grant : grants) {
      List<String> fields =
          List.of(
              grant.id(),
              grant.entitlement().resourceTypeId(),
              grant.entitlement().resourceId(),
              grant.entitlement().entitlementId(),
              grant.principal().resourceTypeId(),
              grant.principal().resourceId(),
              grant.discoveredAt().toString());
      text.append(String.join(delimiter, fields.stream().map(written).toList())).append(end);
    }
    return Files.writeString(folder.resolve("traps.csv"), text);
  }

  private static String quoted(String field) {
    return '"' + field.replace("\"", "\"\"") + '"';
  }

  private Fixture imported(String name, Path file, String delimiter) throws IOException {
    ListOptions lists =
        new ListOptions(
            FieldMapping.NONE, Optional.of(delimiter.charAt(0)), ListOptions.Extra.REFUSE, 0);
    ImportOptions usual = ImportOptions.DEFAULT;
    return imported(
        name,
        file,
        new ImportOptions(
            usual.syncId(),
            usual.unfinished(),
            usual.maxDecompressedBytes(),
            usual.empty(),
            usual.as(),
            lists));
  }

  private Fixture imported(String name, Path file) throws IOException {
    return imported(name, file, ImportOptions.DEFAULT);
  }

  private Fixture imported(String name, Path file, ImportOptions options) throws IOException {
    return Fixtures.importFile(
            file, options, CreateOptions.defaults(), folder.resolve(name), Progress.NONE)
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
