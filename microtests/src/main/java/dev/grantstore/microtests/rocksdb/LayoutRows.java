package dev.grantstore.microtests.rocksdb;

import dev.grantstore.CanonicalForm;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The rows that layouts are filled with, and the keys that are asked for. Immutable. */
final class LayoutRows {
  static final int GRANTS = 200_000;

  /** An entitlement id stands on ten resources: lists of 100 rows. */
  static final int ROWS_PER_ENTITLEMENT = 1_000;

  static final int ROWS_PER_PRINCIPAL = 20;

  private static final int ASKED = 4_096;

  final byte[][] grantKeys = new byte[ASKED][];
  final byte[][] missingKeys = new byte[ASKED][];
  final byte[][] entitlements = new byte[ASKED][];
  final byte[][] held = new byte[ASKED][];
  final byte[][] notHeld = new byte[ASKED][];
  private final GrantGenerator generator =
      GrantGenerator.of(
          FixtureSpec.reference(
              GRANTS, GRANTS / ROWS_PER_ENTITLEMENT, GRANTS / ROWS_PER_PRINCIPAL, 1));

  LayoutRows() {
    SplittableRandom random = new SplittableRandom(1);
    TupleWriter key = new TupleWriter();
    for (int i = 0; i < ASKED; i++) {
      Grant grant = generator.grant(random.nextInt(GRANTS));
      Grant other = generator.grant(random.nextInt(GRANTS));
      KeyPrefix.grant(0, grant.id(), key);
      grantKeys[i] = key.toByteArray();
      KeyPrefix.grant(0, grant.id() + "x", key);
      missingKeys[i] = key.toByteArray();
      KeyPrefix.write(new GrantQuery.ByEntitlement("s", grant.entitlement()), 0, key);
      entitlements[i] = key.toByteArray();
      KeyPrefix.holding(0, grant.principal(), grant.entitlement(), key);
      held[i] = key.toByteArray();
      // Somebody who is there, with something that is there, which that one hardly ever holds.
      KeyPrefix.holding(0, grant.principal(), other.entitlement(), key);
      notHeld[i] = key.toByteArray();
    }
  }

  /** The bytes of the prefix "one principal"; those of an entitlement are as many or more. */
  int prefixBytes() {
    TupleWriter key = new TupleWriter();
    KeyPrefix.write(new GrantQuery.ByPrincipal("s", generator.grant(0).principal()), 0, key);
    return key.length();
  }

  /** All rows of a keyspace, sorted. */
  Map<byte[], byte[]> of(Keyspace keyspace) {
    Map<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
    RowWriter writer = new RowWriter();
    CanonicalForm form = new CanonicalForm();
    for (int i = 0; i < GRANTS; i++) {
      Grant grant = generator.grant(i);
      form.encode(grant);
      writer.grant(grant, form);
      writer.row(keyspace, 0);
      rows.put(
          writer.key().toByteArray(),
          Arrays.copyOf(writer.value().array(), writer.value().length()));
    }
    return rows;
  }
}
