package dev.grantstore.equivalence.check;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.References;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at everything a store shows, and holds its answers against each other. Needs no second
 * store. Immutable.
 */
public final class Audit {
  /** The kind of steps made by audits. */
  public static final String KIND = "audit";

  private final Workload workload;
  private final Set<Ask> asks = new LinkedHashSet<>();
  private final Set<Holding> holdings = new LinkedHashSet<>();

  /**
   * Creates an audit that asks for everything a workload ever writes.
   *
   * @param workload which
   */
  public Audit(Workload workload) {
    this.workload = workload;
    asks.add(Ask.needingExpansion());
    References references = new References(workload);
    for (Row row : workload.rows()) {
      asks.add(Ask.of(row.entitlement()));
      asks.add(Ask.onResourceOf(row.entitlement()));
      asks.add(Ask.of(row.principal()));
      holdings.add(
          new Holding(
              references.principal(row.principal()), references.entitlement(row.entitlement())));
    }
  }

  /**
   * {@return all syncs and the scan of each; the outcome tells how many rows each has}
   *
   * @param reader looked at
   */
  public static Answer content(GrantReader reader) {
    List<SyncRun> syncs = reader.syncs();
    List<Optional<Grant>> all = new ArrayList<>();
    StringBuilder outcome = new StringBuilder("rows");
    for (SyncRun sync : syncs) {
      Answer scan = Rows.list(reader, new GrantQuery.Scan(sync.id()));
      if (!scan.outcome().equals("end")) {
        return new Answer(scan.outcome(), scan.rows(), syncs);
      }
      outcome.append(' ').append(scan.rows().size());
      all.addAll(scan.rows());
    }
    return new Answer(outcome.toString(), all, syncs);
  }

  /**
   * {@return the first answer that another answer of the same store contradicts}
   *
   * @param subject the store's name
   * @param op the number of the operation before
   * @param reader looked at
   * @param pageRows the page size tried, at least 1
   */
  public Optional<Divergence> contradiction(
      String subject, int op, GrantReader reader, int pageRows) {
    for (SyncRun sync : reader.syncs()) {
      int index = workload.syncs().indexOf(sync.id());
      if (index < 0) {
        return Optional.of(
            differs(subject, op, Oracle.O2, Answer.syncs(List.of()), Answer.syncs(List.of(sync))));
      }
      List<Grant> scan = grants(Rows.list(reader, workload.query(index, Ask.scan())));
      Optional<Divergence> found = wrongDigest(subject, op, sync, scan);
      if (found.isEmpty()) {
        found = wrongList(subject, op, reader, index, scan, pageRows);
      }
      if (found.isEmpty()) {
        found = wrongRow(subject, op, reader, sync.id(), scan);
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Divergence> wrongDigest(
      String subject, int op, SyncRun sync, List<Grant> scan) {
    if (sync.digest().isEmpty() || sync.digest().get().equals(digest(scan))) {
      return Optional.empty();
    }
    SyncRun right =
        new SyncRun(
            sync.id(),
            sync.type(),
            sync.startedAt(),
            sync.endedAt(),
            Optional.of(digest(scan)),
            sync.resumeToken());
    return Optional.of(
        differs(subject, op, Oracle.O2, Answer.syncs(List.of(right)), Answer.syncs(List.of(sync))));
  }

  private Optional<Divergence> wrongList(
      String subject, int op, GrantReader reader, int sync, List<Grant> scan, int pageRows) {
    for (Ask ask : asks) {
      GrantQuery query = workload.query(sync, ask);
      Answer expected = Answer.rows("end", ExpectedList.of(query, scan));
      Answer actual = Rows.list(reader, query);
      if (!actual.equals(expected)) {
        return Optional.of(differs(subject, op, Oracle.O3, expected, actual));
      }
      if (expected.rows().size() > pageRows) {
        Answer pages = Rows.pages(reader, query, pageRows);
        if (!pages.equals(expected)) {
          return Optional.of(differs(subject, op, Oracle.O4, expected, pages));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Divergence> wrongRow(
      String subject, int op, GrantReader reader, String syncId, List<Grant> scan) {
    Set<Holding> held = new HashSet<>();
    List<Optional<Grant>> byId = new ArrayList<>();
    List<String> ids = workload.ids().stream().filter(id -> !id.isEmpty()).toList();
    Map<String, Grant> scanned = new HashMap<>();
    scan.forEach(grant -> scanned.putIfAbsent(grant.id(), grant));
    ids.forEach(id -> byId.add(Optional.ofNullable(scanned.get(id))));
    Answer expected = new Answer("ok", byId, List.of());
    Answer actual = new Answer("ok", reader.getAll(syncId, ids), List.of());
    if (!actual.equals(expected)) {
      return Optional.of(differs(subject, op, Oracle.O3, expected, actual));
    }
    scan.forEach(grant -> held.add(new Holding(grant.principal(), grant.entitlement())));
    for (Holding asked : holdings) {
      boolean holds = reader.holds(syncId, asked.principal(), asked.entitlement());
      if (holds != held.contains(asked)) {
        return Optional.of(
            differs(
                subject,
                op,
                Oracle.O3,
                Answer.of(Boolean.toString(!holds)),
                Answer.of(Boolean.toString(holds))));
      }
    }
    return Optional.empty();
  }

  private static Divergence differs(
      String subject, int op, Oracle oracle, Answer expected, Answer actual) {
    return new Divergence(subject, new Step(op, oracle, KIND, expected), actual);
  }

  private static List<Grant> grants(Answer answer) {
    return answer.rows().stream().map(Optional::orElseThrow).toList();
  }

  private static ContentDigest digest(List<Grant> grants) {
    DigestAccumulator sum = new DigestAccumulator();
    grants.forEach(sum::add);
    return sum.digest();
  }

  private record Holding(PrincipalRef principal, EntitlementRef entitlement) {}
}
