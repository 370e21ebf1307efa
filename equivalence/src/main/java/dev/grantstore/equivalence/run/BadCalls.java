package dev.grantstore.equivalence.run;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.workload.BadCall;
import dev.grantstore.equivalence.workload.Payload;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes the calls that must be refused. */
@SuppressWarnings("NullAway") // nulls are what is tried
final class BadCalls {
  private static final String UNKNOWN = "no such sync";
  private static final char HALF_SURROGATE = '\ud83d';

  private final GrantStore store;
  private final String sync;
  private final String id;

  BadCalls(GrantStore store, String sync, String id) {
    this.store = store;
    this.sync = sync;
    this.id = id.isEmpty() ? "a" : id;
  }

  /** {@return the answer of a call that was not refused, if the exception does not come} */
  Answer make(BadCall call) {
    return switch (call) {
      case GET_EMPTY_ID -> not(store.get(sync, ""));
      case GET_HALF_SURROGATE -> not(store.get(sync, id + HALF_SURROGATE));
      case GET_ALL_WITH_NULL -> not(store.getAll(sync, Arrays.asList(id, null, id)));
      case PUT_ALL_WITH_NULL -> done(() -> store.putAll(sync, Arrays.asList(grant(), null)));
      case PUT_ALL_FAILING -> done(() -> store.putAll(sync, new FailingBatch(grant())));
      case DELETE_ALL_WITH_NULL -> done(() -> store.deleteAll(sync, Arrays.asList(id, null)));
      case DELETE_ALL_WITH_EMPTY_ID -> done(() -> store.deleteAll(sync, List.of(id, "")));
      case PAGE_LIMIT_ZERO -> not(store.page(scan(), 0, PageToken.START));
      case PAGE_LIMIT_NEGATIVE -> not(store.page(scan(), Integer.MIN_VALUE, PageToken.START));
      case PAGE_AFTER_NULL -> not(store.page(scan(), 1, null));
      case PAGE_FOREIGN_TOKEN -> withToken(token -> token, new GrantQuery.NeedingExpansion(sync));
      case PAGE_TAMPERED_TOKEN -> withToken(BadCalls::tampered, scan());
      case PAGE_GARBAGE_TOKEN -> not(store.page(scan(), 1, new PageToken(id)));
      case CURSOR_NULL -> done(() -> store.cursor(null).close());
      case PUT_NULL -> done(() -> store.put(sync, null));
      case GET_UNKNOWN_SYNC -> not(store.get(UNKNOWN, id));
      case PUT_UNKNOWN_SYNC -> done(() -> store.put(UNKNOWN, grant()));
      case SEAL_UNKNOWN_SYNC -> not(store.seal(UNKNOWN, Instant.EPOCH));
      case DROP_UNKNOWN_SYNC -> done(() -> store.drop(UNKNOWN));
      case START_EMPTY_SYNC -> not(store.startSync("", "", Instant.EPOCH));
      case SEAL_NULL -> not(store.seal(sync, null));
    };
  }

  private Answer withToken(java.util.function.UnaryOperator<PageToken> change, GrantQuery query) {
    Optional<PageToken> token = store.page(scan(), 1, PageToken.START).next();
    if (token.isEmpty()) {
      return Answer.SKIPPED;
    }
    GrantPage page = store.page(query, 1, change.apply(token.get()));
    return not(page);
  }

  private static PageToken tampered(PageToken token) {
    char first = token.text().charAt(3);
    return new PageToken(
        token.text().substring(0, 3) + (first == 'A' ? 'B' : 'A') + token.text().substring(4));
  }

  private GrantQuery scan() {
    return new GrantQuery.Scan(sync);
  }

  private Grant grant() {
    return Payload.grant(id, new EntitlementRef("", "", id), new PrincipalRef(id, ""), 1);
  }

  private static Answer not(Object given) {
    return Answer.of("not refused: " + given.getClass().getSimpleName());
  }

  private static Answer done(Runnable call) {
    call.run();
    return Answer.of("not refused");
  }

  /** Two grants, of which the second cannot be had. */
  private static final class FailingBatch extends AbstractList<Grant> {
    private final Grant first;

    FailingBatch(Grant first) {
      this.first = first;
    }

    @Override
    public Grant get(int index) {
      if (index > 0) {
        throw new UnsupportedOperationException("this batch fails while it is read");
      }
      return first;
    }

    @Override
    public int size() {
      return 2;
    }
  }
}
