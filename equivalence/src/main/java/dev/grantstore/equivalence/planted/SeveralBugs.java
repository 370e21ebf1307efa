package dev.grantstore.equivalence.planted;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantQuery.ByEntitlements;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.Ids;
import dev.grantstore.PageToken;
import dev.grantstore.PageTokenFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Lists of several entitlements that are not the lists of each, one after the other. */
final class SeveralBugs {
  private static final UUID STORE = new UUID(0, 1);

  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.inReads(
              "several-in-the-order-of-ids",
              "entitlements come in the order of their ids, not as asked",
              sound -> asking(sound, SeveralBugs::sorted)),
          PlantedBug.inReads(
              "several-listed-once",
              "an entitlement that is asked twice is listed once",
              sound -> asking(sound, asked -> asked.stream().distinct().toList())),
          PlantedBug.inReads(
              "token-forgets-which-of-several",
              "a page goes on behind the last list that has the row given last",
              SeveralBugs::forgetting),
          PlantedBug.overMemory(
              "several-of-several-moments",
              "of several entitlements the first is of the opening, the others of the first move",
              SeveralBugs::late));

  private SeveralBugs() {}

  private static List<EntitlementRef> sorted(List<EntitlementRef> asked) {
    return asked.stream()
        .sorted(
            Comparator.comparing(EntitlementRef::resourceTypeId, Ids.ORDER)
                .thenComparing(EntitlementRef::resourceId, Ids.ORDER)
                .thenComparing(EntitlementRef::entitlementId, Ids.ORDER))
        .toList();
  }

  private static GrantReader asking(GrantReader sound, UnaryOperator<List<EntitlementRef>> change) {
    return new BugReader(sound) {
      @Override
      public GrantCursor cursor(GrantQuery query) {
        return super.cursor(changed(query));
      }

      @Override
      public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
        return super.page(changed(query), limitRows, after);
      }

      private GrantQuery changed(GrantQuery query) {
        return query instanceof ByEntitlements several
            ? new ByEntitlements(several.syncId(), change.apply(several.entitlements()))
            : query;
      }
    };
  }

  private static GrantReader forgetting(GrantReader sound) {
    return new BugReader(sound) {
      @Override
      public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
        Objects.requireNonNull(after, "after");
        if (!(query instanceof ByEntitlements)) {
          return super.page(query, limitRows, after);
        }
        super.page(query, limitRows, PageToken.START); // refuses what is to be refused
        List<Grant> left = list(query);
        if (!after.isStart()) {
          byte[] last = PageTokenFormat.read(STORE, query, after);
          String id = new String(last, StandardCharsets.UTF_8);
          left =
              left.subList(left.stream().map(Grant::id).toList().lastIndexOf(id) + 1, left.size());
        }
        if (left.size() <= limitRows) {
          return new GrantPage(left, Optional.empty());
        }
        byte[] last = left.get(limitRows - 1).id().getBytes(StandardCharsets.UTF_8);
        return new GrantPage(
            left.subList(0, limitRows), Optional.of(PageTokenFormat.write(STORE, query, last)));
      }
    };
  }

  private static GrantStore late(GrantStore store) {
    return new BugStore(store) {
      @Override
      public GrantCursor cursor(GrantQuery query) {
        GrantCursor opened = super.cursor(query);
        if (!(query instanceof ByEntitlements several) || several.entitlements().isEmpty()) {
          return opened;
        }
        List<EntitlementRef> asked = several.entitlements();
        List<Grant> rows = new ArrayList<>(list(query.syncId(), asked.subList(0, 1)));
        return new ListCursor(
            opened,
            () -> {
              if (store.sync(query.syncId()).isPresent()) {
                rows.addAll(list(query.syncId(), asked.subList(1, asked.size())));
              }
              return rows;
            });
      }

      private List<Grant> list(String syncId, List<EntitlementRef> asked) {
        return new BugReader(store).list(new ByEntitlements(syncId, asked));
      }
    };
  }
}
