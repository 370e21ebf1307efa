package dev.grantstore.equivalence.planted;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.Ids;
import dev.grantstore.PageToken;
import dev.grantstore.PageTokenFormat;
import dev.grantstore.PrincipalRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers lists from rows of its own making, the same by cursor and in pages, with page tokens of
 * its own. Right as it stands; each step can be got wrong. Lists of several entitlements are left
 * to the reader below: {@link SeveralBugs} has what goes wrong in them.
 */
class ListReader extends BugReader {
  private static final UUID STORE = new UUID(0, 0);

  final GrantReader sound;

  ListReader(GrantReader sound) {
    super(sound);
    this.sound = sound;
  }

  /** {@return the rows to be shown for the right ones, in no order} */
  List<Grant> rows(GrantQuery query, List<Grant> right) {
    return right;
  }

  /** {@return the order in which rows are shown} */
  Comparator<Grant> order(GrantQuery query) {
    return ListOrder.of(query, Ids.ORDER);
  }

  /** {@return the query a page token is bound to} */
  GrantQuery scope(GrantQuery query) {
    return query;
  }

  /** {@return what is left of a list after a row that was given} */
  List<Grant> after(GrantQuery query, List<Grant> rows, Grant last) {
    return rows.stream().filter(row -> order(query).compare(row, last) > 0).toList();
  }

  /** {@return the first page of what is left of all rows} */
  GrantPage cut(GrantQuery query, int limitRows, List<Grant> rows, List<Grant> left) {
    return limitRows < left.size()
        ? new GrantPage(left.subList(0, limitRows), token(query, left.get(limitRows - 1)))
        : new GrantPage(left, Optional.empty());
  }

  /** {@return the row that a token says was the last given} */
  Grant last(GrantQuery query, PageToken after) {
    byte[] position = PageTokenFormat.read(STORE, scope(query), after);
    List<String> ids =
        Stream.of(new String(position, StandardCharsets.US_ASCII).split("\\.", -1))
            .map(id -> new String(Base64.getDecoder().decode(id), StandardCharsets.UTF_8))
            .toList();
    return Grant.of(
        ids.get(0),
        new EntitlementRef(ids.get(1), ids.get(2), ids.get(3)),
        new PrincipalRef(ids.get(4), ids.get(5)),
        Instant.EPOCH);
  }

  /** {@return the token of the page after a row} */
  final Optional<PageToken> token(GrantQuery query, Grant last) {
    EntitlementRef e = last.entitlement();
    PrincipalRef p = last.principal();
    String position =
        Stream.of(
                last.id(),
                e.resourceTypeId(),
                e.resourceId(),
                e.entitlementId(),
                p.resourceTypeId(),
                p.resourceId())
            .map(id -> Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8)))
            .collect(Collectors.joining("."));
    return Optional.of(
        PageTokenFormat.write(STORE, scope(query), position.getBytes(StandardCharsets.US_ASCII)));
  }

  /** {@return all grants of a sync, rightly} */
  final List<Grant> scan(String syncId) {
    return new BugReader(sound).list(new GrantQuery.Scan(syncId));
  }

  @Override
  public final GrantCursor cursor(GrantQuery query) {
    if (query instanceof GrantQuery.ByEntitlements) {
      return sound.cursor(query);
    }
    return new ListCursor(sound.cursor(query), shown(query));
  }

  @Override
  public final GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    Objects.requireNonNull(after, "after");
    if (query instanceof GrantQuery.ByEntitlements) {
      return sound.page(query, limitRows, after);
    }
    sound.page(query, limitRows, PageToken.START); // refuses what is to be refused
    List<Grant> rows = shown(query);
    List<Grant> left = after.isStart() ? rows : after(query, rows, last(query, after));
    return cut(query, limitRows, rows, left);
  }

  private List<Grant> shown(GrantQuery query) {
    List<Grant> rows = new ArrayList<>(rows(query, new BugReader(sound).list(query)));
    rows.sort(order(query));
    return rows;
  }
}
