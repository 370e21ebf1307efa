package dev.grantstore.microtests.fuzz;

import dev.grantstore.Durability;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.testkit.GrantBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Page tokens, given to every engine: as they are, and as the position within a token that is whole
 * and the store's own. They are refused, or lead to a page of rows that are in the list.
 */
final class Tokens implements Parser {
  private static final String SYNC = "s";
  private static final int HEADER_BYTES = 9;
  private static final List<GrantQuery> QUERIES =
      List.of(
          new GrantQuery.Scan(SYNC),
          new GrantQuery.ByEntitlement(SYNC, new EntitlementRef("app", "app-1", "member")),
          new GrantQuery.ByPrincipal(SYNC, new PrincipalRef("user", "u")));

  private final List<GrantStore> stores = new ArrayList<>();
  private final List<Grant> grants;

  Tokens(Path folder) {
    grants = List.of(grant("a"), grant("b\u0000\u0001"), grant("c"), grant("\ud83d\udd25"));
    for (String engine : List.of("memory", "rocksdb", "sqlite", "lmdb", "mvstore")) {
      String place = engine.equals("memory") ? "" : folder.resolve(engine).toString();
      StoreOptions options = StoreOptions.of(OpenMode.CREATE).withDurability(Durability.BULK);
      GrantStore store = GrantStores.open(engine + ":" + place, options);
      store.startSync(SYNC, "full", Instant.EPOCH);
      store.putAll(SYNC, grants);
      stores.add(store);
    }
  }

  private static Grant grant(String id) {
    return GrantBuilder.aGrant().id(id).build();
  }

  @Override
  public boolean takes(byte[] input) {
    boolean isTaken = false;
    String text = new String(input, StandardCharsets.ISO_8859_1);
    for (GrantStore store : stores) {
      for (GrantQuery query : QUERIES) {
        takes(store, query, around(store, query, input), input);
        isTaken |= takes(store, query, new PageToken(text), input);
      }
    }
    return isTaken;
  }

  private boolean takes(GrantStore store, GrantQuery query, PageToken token, byte[] input) {
    try {
      GrantPage page = store.page(query, 2, token);
      if (!grants.containsAll(page.grants())) {
        throw new AssertionError("a page has what the list has not: " + page);
      }
      return true;
    } catch (GrantStoreException e) {
      if (e.reason() != Reason.INVALID_PAGE_TOKEN) {
        throw e;
      }
      return Refusal.inWords(e, input);
    }
  }

  /** {@return a token of the store's own, with another position in it} */
  private static PageToken around(GrantStore store, GrantQuery query, byte[] position) {
    PageToken own = store.page(query, 1, PageToken.START).next().orElseThrow();
    byte[] header = Base64.getUrlDecoder().decode(own.text());
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + position.length + Integer.BYTES);
    out.put(header, 0, HEADER_BYTES).put(position);
    CRC32C crc = new CRC32C();
    crc.update(out.array(), 0, out.position());
    out.putInt((int) crc.getValue());
    return new PageToken(Base64.getUrlEncoder().withoutPadding().encodeToString(out.array()));
  }
}
