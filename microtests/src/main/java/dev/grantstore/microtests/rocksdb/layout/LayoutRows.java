package dev.grantstore.microtests.rocksdb.layout;

import dev.grantstore.CanonicalForm;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** The rows that layouts are filled with, and the keys that are asked for. One thread. */
final class LayoutRows {
  /** How many grants benchmarks use. */
  static final int GRANTS = 100_000;

  private static final int ASKED = 4_096;

  final byte[][] grants = new byte[ASKED][];
  final byte[][] missing = new byte[ASKED][];
  final byte[][] entitlements = new byte[ASKED][];
  final byte[][] nobodies = new byte[ASKED][];
  final byte[][] held = new byte[ASKED][];
  final byte[][] notHeld = new byte[ASKED][];
  private final KeyForm keys;
  private final Grants source;

  LayoutRows(KeyForm keys, Grants source) {
    this.keys = keys;
    this.source = source;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ASKED; i++) {
      Grant grant = source.at().apply(random.nextInt(source.count()));
      Grant other = source.at().apply(random.nextInt(source.count()));
      PrincipalRef holder = grant.principal();
      grants[i] = keys.grant(grant.id());
      // Between two that are there.
      missing[i] = keys.grant(grant.id() + "x");
      entitlements[i] = keys.entitlement(grant.entitlement());
      nobodies[i] = keys.principal(nobody(holder));
      held[i] = keys.holding(holder, grant.entitlement());
      // Somebody who is there, with something that is there, which that one hardly ever holds.
      notHeld[i] = keys.holding(holder, other.entitlement());
    }
  }

  /** How many bytes every principal's prefix that is asked for has at least. */
  int principalPrefixBytes() {
    return least(nobodies);
  }

  /** How many bytes every prefix of a principal with what it holds has at least. */
  int holdingPrefixBytes() {
    return Math.min(least(held), least(notHeld));
  }

  private static int least(byte[][] prefixes) {
    return Arrays.stream(prefixes).mapToInt(prefix -> prefix.length).min().orElseThrow();
  }

  /** All rows of a table, sorted, one for each key. */
  List<Row> of(Table table) {
    List<Row> rows = new ArrayList<>(source.count());
    CanonicalForm form = new CanonicalForm();
    for (int i = 0; i < source.count(); i++) {
      Grant grant = source.at().apply(i);
      form.encode(grant);
      rows.add(keys.row(table, grant, form));
    }
    rows.sort(Comparator.comparing(Row::key, Arrays::compareUnsigned));
    List<Row> unique = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (unique.isEmpty() || !Arrays.equals(unique.get(unique.size() - 1).key(), row.key())) {
        unique.add(row);
      }
    }
    return unique;
  }

  /** A principal that is not there, its name as long as those that are. */
  private static PrincipalRef nobody(PrincipalRef somebody) {
    String id = somebody.resourceId();
    return new PrincipalRef(somebody.resourceTypeId(), id.substring(0, id.length() - 1) + "x");
  }
}
