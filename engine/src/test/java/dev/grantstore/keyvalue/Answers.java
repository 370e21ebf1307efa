package dev.grantstore.keyvalue;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Every question to a store about some syncs and grants, and what it answers. */
public final class Answers {
  /** In the place of an answer: the store says that it is damaged. */
  public static final String TOLD = "told";

  private static final int PAGE_ROWS = 9;

  private final Map<String, Function<GrantStore, Object>> questions = new LinkedHashMap<>();

  /** Asks about some grants of a sync, all that it has or not. */
  public void ask(String sync, List<Grant> grants) {
    questions.put("syncs", GrantStore::syncs);
    questions.put("sync " + sync, store -> store.sync(sync));
    Set<GrantQuery> lists = new LinkedHashSet<>();
    lists.add(new GrantQuery.Scan(sync));
    lists.add(new GrantQuery.ScanByEntitlement(sync));
    lists.add(new GrantQuery.NeedingExpansion(sync));
    Set<EntitlementRef> entitlements = new LinkedHashSet<>();
    for (Grant grant : grants) {
      EntitlementRef what = grant.entitlement();
      PrincipalRef who = grant.principal();
      questions.put("get " + sync + grant.id(), store -> store.get(sync, grant.id()));
      questions.put("holds " + sync + who + what, store -> store.holds(sync, who, what));
      lists.add(new GrantQuery.ByPrincipal(sync, who));
      lists.add(new GrantQuery.ByEntitlement(sync, what));
      lists.add(
          new GrantQuery.ByEntitlementResource(sync, what.resourceTypeId(), what.resourceId()));
      entitlements.add(what);
    }
    lists.add(new GrantQuery.ByEntitlements(sync, List.copyOf(entitlements)));
    List<String> ids = grants.stream().map(Grant::id).toList();
    questions.put("getAll " + sync, store -> store.getAll(sync, ids));
    for (GrantQuery query : lists) {
      String kind = query.getClass().getSimpleName();
      questions.put("cursor " + kind + query, store -> list(store, query));
      questions.put("page " + kind + query, store -> pages(store, query));
    }
  }

  /**
   * {@return what a store answers, by the question; a call that fails in another way fails here}
   */
  public Map<String, Object> of(GrantStore store) {
    Map<String, Object> answers = new LinkedHashMap<>();
    questions.forEach(
        (question, call) -> {
          try {
            answers.put(question, call.apply(store));
          } catch (GrantStoreException e) {
            if (e.reason() != Reason.CORRUPTION) {
              throw e;
            }
            answers.put(question, TOLD);
          }
        });
    return answers;
  }

  private static List<Grant> list(GrantStore store, GrantQuery query) {
    List<Grant> grants = new ArrayList<>();
    try (GrantCursor cursor = store.cursor(query)) {
      while (cursor.next()) {
        grants.add(cursor.grant());
      }
    }
    return grants;
  }

  private static List<Grant> pages(GrantStore store, GrantQuery query) {
    List<Grant> grants = new ArrayList<>();
    Optional<PageToken> next = Optional.of(PageToken.START);
    while (next.isPresent()) {
      GrantPage page = store.page(query, PAGE_ROWS, next.get());
      grants.addAll(page.grants());
      next = page.next();
    }
    return grants;
  }
}
