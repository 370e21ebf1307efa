package dev.grantstore.rocksdb;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.IdField;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the misuse scenarios have in common; run in a {@link MisuseChild}. */
final class Misuse {
  static final String SEALED = "sealed";
  static final String OPEN = "open";
  static final int ROWS = 400;
  static final BulkLoadOptions LOAD = new BulkLoadOptions(1 << 20, 2);

  private static final EntitlementRef ENTITLEMENT = SampleGrants.entitlement(0);
  private static final PrincipalRef PRINCIPAL = SampleGrants.principal(0);
  private static final List<GrantQuery> QUERIES =
      List.of(
          new GrantQuery.Scan(SEALED),
          new GrantQuery.ByEntitlement(SEALED, ENTITLEMENT),
          new GrantQuery.ByEntitlementResource(
              SEALED, ENTITLEMENT.resourceTypeId(), ENTITLEMENT.resourceId()),
          new GrantQuery.ByPrincipal(SEALED, PRINCIPAL),
          new GrantQuery.NeedingExpansion(SEALED));

  /** One misuse, from an empty folder; returns if all went as it must. */
  interface Scenario {
    void run(Path folder) throws Exception;
  }

  /** A call that may fail. */
  interface Call {
    void run() throws Exception;
  }

  private Misuse() {}

  /** A store with a sealed sync, in files, and an open one, in memory. */
  static GrantStore filledStore(Path folder) {
    GrantStore store = open(folder, OpenMode.OPEN_OR_CREATE);
    store.startSync(SEALED, "full", SampleGrants.STARTED);
    store.putAll(SEALED, SampleGrants.grants(0, ROWS));
    store.seal(SEALED, SampleGrants.ENDED);
    store.settle(Duration.ofMinutes(5));
    store.startSync(OPEN, "full", SampleGrants.STARTED);
    store.putAll(OPEN, SampleGrants.grants(0, ROWS));
    return store;
  }

  static GrantStore open(Path folder, OpenMode mode) {
    return GrantStores.open("rocksdb:" + folder, options(mode));
  }

  static StoreOptions options(OpenMode mode) {
    return StoreOptions.of(mode)
        .withCacheBytes(1 << 20)
        // The log is made as long as this at once, which costs time on a disk in memory.
        .withEngineOption("write_buffer_size", "2097152");
  }

  static GrantCursor scan(GrantReader reader) {
    return reader.cursor(QUERIES.get(0));
  }

  /** Every read once; all must find something. */
  static void readAll(GrantReader reader) {
    check(reader.syncs().size() >= 2, "syncs");
    check(reader.sync(SEALED).isPresent(), "sync");
    check(reader.get(SEALED, "grant-0000007").isPresent(), "get");
    check(reader.getAll(SEALED, List.of("grant-0000007")).get(0).isPresent(), "getAll");
    for (GrantQuery query : QUERIES) {
      try (GrantCursor cursor = reader.cursor(query)) {
        while (cursor.next()) {
          check(!cursor.grant().id().isEmpty(), "cursor");
        }
      }
      check(!reader.page(query, 3, PageToken.START).grants().isEmpty(), "page");
    }
    Grant some = SampleGrants.grant(7, 0);
    check(reader.holds(SEALED, some.principal(), some.entitlement()), "holds");
  }

  static void refuseReads(GrantReader reader) {
    refused(reader::syncs);
    refused(() -> reader.sync(SEALED));
    refused(() -> reader.get(SEALED, "grant-0000007"));
    refused(() -> reader.getAll(SEALED, List.of("grant-0000007")));
    for (GrantQuery query : QUERIES) {
      refused(() -> reader.cursor(query));
      refused(() -> reader.page(query, 3, PageToken.START));
    }
    refused(() -> reader.holds(SEALED, PRINCIPAL, ENTITLEMENT));
  }

  static void refuseRows(GrantCursor cursor) {
    refused(cursor::next);
    refused(cursor::grant);
    refused(cursor::needsExpansion);
    refused(cursor::discoveredSeconds);
    refused(cursor::discoveredNanos);
    refused(() -> cursor.id(IdField.GRANT_ID));
    cursor.close();
  }

  /** The call must say that something is closed. */
  static void refused(Call call) {
    try {
      call.run();
    } catch (IllegalStateException e) {
      check(isClosed(e), "refused with another message: " + e);
      return;
    } catch (Exception e) {
      throw new AssertionError("refused with another exception", e);
    }
    throw new AssertionError("not refused");
  }

  static void refusedWith(Reason reason, Call call) {
    try {
      call.run();
    } catch (GrantStoreException e) {
      check(e.reason() == reason, "refused with another reason: " + e.reason() + " " + e);
      return;
    } catch (Exception e) {
      throw new AssertionError("refused with another exception", e);
    }
    throw new AssertionError("not refused");
  }

  static boolean isClosed(IllegalStateException e) {
    return String.valueOf(e.getMessage()).contains("closed");
  }

  static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
