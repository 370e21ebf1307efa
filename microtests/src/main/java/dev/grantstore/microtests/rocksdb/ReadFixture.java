package dev.grantstore.microtests.rocksdb;

import dev.grantstore.EntitlementRef;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.manifest.KeySample;
import dev.grantstore.fixture.manifest.KeySample.EntitlementKey;
import dev.grantstore.fixture.manifest.KeySample.GrantKey;
import dev.grantstore.fixture.manifest.KeySample.PrincipalKey;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One fixture, opened twice: through the store, and bare. Both sides ask for the same existing keys
 * in the same order; the bare side has its keys encoded beforehand.
 *
 * <p>The fixture is the one that the system property {@value #FOLDER} names. It must have exactly
 * {@link #GRANTS} grants in one sync, so that a scan's time can be told per row, and be made with
 * {@code --engine "rocksdb?packed=0"}: the bare side reads rows.
 */
@State(Scope.Benchmark)
public class ReadFixture {
  /** Names the fixture's folder. */
  public static final String FOLDER = "grantstore.fixture";

  /** How many grants the fixture has. */
  public static final int GRANTS = 1_000_000;

  private static final long CACHE_BYTES = 512L << 20;
  private static final int CHECKED = 64;

  String syncId = "";
  String[] grantIds = {};
  byte[][] grantKeys = {};
  GrantQuery.ByEntitlement[] byEntitlement = {};
  byte[][] entitlementPrefixes = {};
  int[] entitlementRows = {};
  GrantQuery.ByPrincipal[] byPrincipal = {};
  byte[][] principalPrefixes = {};
  int[] principalRows = {};
  PrincipalRef[] holders = {};
  EntitlementRef[] held = {};
  byte[][] holdingPrefixes = {};

  @SuppressWarnings("NullAway.Init") // by open, before any benchmark
  GrantStore store;

  @SuppressWarnings("NullAway.Init") // by open, before any benchmark
  BareDatabase bare;

  private final TupleWriter key = new TupleWriter();

  /** For JMH. */
  public ReadFixture() {}

  /**
   * Opens both sides and encodes the keys.
   *
   * @throws IOException if the fixture cannot be read
   */
  @Setup(Level.Trial)
  public void open() throws IOException {
    Fixture fixture = Fixtures.open(Path.of(folder()));
    SyncEntry sync = fixture.manifest().syncs().get(0);
    if (sync.all().rows() != GRANTS) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "fixture must have %d grants, has %d", GRANTS, sync.all().rows()));
    }
    syncId = sync.id();
    store = fixture.openStore(CACHE_BYTES);
    bare = BareDatabase.open(fixture.path().resolve("store").resolve("db"), CACHE_BYTES);
    // The fixture's only sync has the first number.
    int number = 0;
    KeySample sample = fixture.keys().get(0);
    encodeGrants(number, sample.grants());
    encodeEntitlements(number, sample.entitlements());
    encodePrincipals(number, sample.principals());
    checkAnswers();
  }

  /** Checks that both sides have some of what is asked for: a loop that finds nothing is fast. */
  private void checkAnswers() {
    for (int i = 0; i < grantKeys.length; i += step(grantKeys.length)) {
      check(store.get(syncId, grantIds[i]).isPresent(), grantIds[i]);
      check(store.holds(syncId, holders[i], held[i]), grantIds[i]);
      check(bare.count(Keyspace.GRANTS, grantKeys[i]) == 1, grantIds[i]);
      check(bare.count(Keyspace.BY_PRINCIPAL, holdingPrefixes[i]) > 0, grantIds[i]);
    }
    for (int i = 0; i < byEntitlement.length; i += step(byEntitlement.length)) {
      check(count(byEntitlement[i]) == entitlementRows[i], byEntitlement[i]);
      int rows = bare.count(Keyspace.BY_ENTITLEMENT, entitlementPrefixes[i]);
      check(rows == entitlementRows[i], byEntitlement[i]);
    }
    for (int i = 0; i < byPrincipal.length; i += step(byPrincipal.length)) {
      check(count(byPrincipal[i]) == principalRows[i], byPrincipal[i]);
      int rows = bare.count(Keyspace.BY_PRINCIPAL, principalPrefixes[i]);
      check(rows == principalRows[i], byPrincipal[i]);
    }
  }

  private static int step(int keys) {
    return Math.max(1, keys / CHECKED);
  }

  private int count(GrantQuery query) {
    int rows = 0;
    try (GrantCursor cursor = store.cursor(query)) {
      while (cursor.next()) {
        rows++;
      }
    }
    return rows;
  }

  private static void check(boolean isRight, Object asked) {
    if (!isRight) {
      throw new IllegalStateException(
          "wrong answer, or a fixture that is not rows (packed=0): asked=" + asked);
    }
  }

  /** Closes both sides. */
  @TearDown(Level.Trial)
  public void close() {
    bare.close();
    store.close();
  }

  /** The folder that the property names. */
  static String folder() {
    String folder = System.getProperty(FOLDER);
    if (folder == null) {
      throw new IllegalStateException("name a fixture: -D" + FOLDER + "=DIR");
    }
    return folder;
  }

  private void encodeGrants(int number, List<GrantKey> grants) {
    grantIds = new String[grants.size()];
    grantKeys = new byte[grants.size()][];
    holders = new PrincipalRef[grants.size()];
    held = new EntitlementRef[grants.size()];
    holdingPrefixes = new byte[grants.size()][];
    for (int i = 0; i < grantIds.length; i++) {
      GrantKey grant = grants.get(i);
      grantIds[i] = grant.id();
      KeyPrefix.grant(number, grant.id(), key);
      grantKeys[i] = key.toByteArray();
      holders[i] = grant.principal();
      held[i] = grant.entitlement();
      KeyPrefix.holding(number, grant.principal(), grant.entitlement(), key);
      holdingPrefixes[i] = key.toByteArray();
    }
  }

  private void encodeEntitlements(int number, List<EntitlementKey> entitlements) {
    byEntitlement = new GrantQuery.ByEntitlement[entitlements.size()];
    entitlementPrefixes = new byte[entitlements.size()][];
    entitlementRows = new int[entitlements.size()];
    for (int i = 0; i < byEntitlement.length; i++) {
      byEntitlement[i] = new GrantQuery.ByEntitlement(syncId, entitlements.get(i).ref());
      KeyPrefix.write(byEntitlement[i], number, key);
      entitlementPrefixes[i] = key.toByteArray();
      entitlementRows[i] = (int) entitlements.get(i).expected().rows();
    }
  }

  private void encodePrincipals(int number, List<PrincipalKey> principals) {
    byPrincipal = new GrantQuery.ByPrincipal[principals.size()];
    principalPrefixes = new byte[principals.size()][];
    principalRows = new int[principals.size()];
    for (int i = 0; i < byPrincipal.length; i++) {
      byPrincipal[i] = new GrantQuery.ByPrincipal(syncId, principals.get(i).ref());
      KeyPrefix.write(byPrincipal[i], number, key);
      principalPrefixes[i] = key.toByteArray();
      principalRows[i] = (int) principals.get(i).expected().rows();
    }
  }
}
