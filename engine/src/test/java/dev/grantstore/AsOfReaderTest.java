package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The reader that all engines share, over the memory store, held against what that store answers by
 * itself.
 */
final class AsOfReaderTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String SYNC = "s";
  private static final GrantQuery SCAN = new GrantQuery.Scan(SYNC);

  @Test
  void answersAsTheMemoryStoreDoesByItself() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 8; round++) {
      int expiring = 1 + random.nextInt(12);
      try (GrantStore memory = memory()) {
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
          Grant grant = grant(i, i % 3, i % 5);
          Instant end = NOON.plusNanos(random.nextInt(-2, 3));
          grants.add(random.nextInt(12) < expiring ? grant.withExpiresAt(Optional.of(end)) : grant);
        }
        memory.putAll(SYNC, grants);
        for (int nanos = -2; nanos <= 2; nanos++) {
          assertSame(memory, NOON.plusNanos(nanos), grants, 1 + random.nextInt(20));
        }
      }
    }
  }

  private static void assertSame(GrantStore memory, Instant asOf, List<Grant> grants, int limit) {
    GrantReader expected = memory.asOf(asOf);
    GrantReader reader = new AsOfReader(memory, asOf);
    List<String> ids = grants.stream().map(Grant::id).toList();
    assertThat(reader.getAll(SYNC, ids)).isEqualTo(expected.getAll(SYNC, ids));
    GrantView view = new GrantView();
    for (Grant grant : grants) {
      Optional<Grant> found = expected.get(SYNC, grant.id());
      assertThat(reader.get(SYNC, grant.id())).isEqualTo(found);
      assertThat(reader.get(SYNC, grant.id(), view)).isEqualTo(found.isPresent());
      if (found.isPresent()) {
        assertThat(view.id(IdField.GRANT_ID)).hasToString(grant.id());
        assertThat(view.hasExpiry()).isEqualTo(grant.expiresAt().isPresent());
      }
      assertThat(reader.holds(SYNC, grant.principal(), grant.entitlement()))
          .isEqualTo(expected.holds(SYNC, grant.principal(), grant.entitlement()));
    }
    for (GrantQuery query :
        List.of(
            SCAN,
            new GrantQuery.ByEntitlement(SYNC, grants.get(7).entitlement()),
            new GrantQuery.ByPrincipal(SYNC, grants.get(7).principal()))) {
      assertThat(rows(reader.cursor(query))).isEqualTo(rows(expected.cursor(query)));
      assertPagesSame(reader, expected, query, limit);
    }
  }

  /** Each page, and whether there is another. */
  private static void assertPagesSame(
      GrantReader reader, GrantReader expected, GrantQuery query, int limit) {
    Optional<PageToken> after = Optional.of(PageToken.START);
    while (after.isPresent()) {
      GrantPage page = reader.page(query, limit, after.get());
      GrantPage right = expected.page(query, limit, after.get());
      assertThat(page).isEqualTo(right);
      after = page.next();
    }
  }

  /** Each grant that goes on differs in one id from the one that has ended. */
  @Test
  void whoHoldsNearlyTheSameDoesNotHoldIt() {
    PrincipalRef user = new PrincipalRef("user", "u");
    EntitlementRef ended = new EntitlementRef("app", "a", "e");
    List<EntitlementRef> near =
        List.of(
            new EntitlementRef("team", "a", "e"),
            new EntitlementRef("app", "b", "e"),
            new EntitlementRef("app", "a", "f"));
    List<PrincipalRef> others =
        List.of(new PrincipalRef("group", "u"), new PrincipalRef("user", "v"));
    try (GrantStore memory = memory()) {
      memory.put(SYNC, Grant.of("g", ended, user, Instant.EPOCH).withExpiresAt(Optional.of(NOON)));
      for (EntitlementRef one : near) {
        memory.put(SYNC, Grant.of("n" + near.indexOf(one), one, user, Instant.EPOCH));
      }
      for (PrincipalRef one : others) {
        memory.put(SYNC, Grant.of("o" + others.indexOf(one), ended, one, Instant.EPOCH));
      }
      GrantReader reader = new AsOfReader(memory, NOON);
      assertThat(reader.holds(SYNC, user, ended)).isFalse();
      assertThat(near).allMatch(one -> reader.holds(SYNC, user, one));
      assertThat(others).allMatch(one -> reader.holds(SYNC, one, ended));
    }
  }

  /** More of them than a page may have, before, between and behind. */
  @Test
  void runsOfEndedGrantsAreLongerThanAnyPage() {
    int run = GrantReader.MAX_PAGE_ROWS + 7;
    try (GrantStore memory = memory()) {
      List<Grant> grants = new ArrayList<>();
      for (int i = 0; i < 2 * run; i++) {
        boolean isLeft = i == run || i == run + 700;
        grants.add(isLeft ? grant(i, 1, 1) : grant(i, 1, 1).withExpiresAt(Optional.of(NOON)));
      }
      memory.putAll(SYNC, grants);
      Calls counted = new Calls(memory);
      GrantReader reader = new AsOfReader(counted, NOON);
      GrantPage first = reader.page(SCAN, 1, PageToken.START);
      GrantPage second = reader.page(SCAN, 1, first.next().orElseThrow());

      assertThat(first.grants()).containsExactly(grant(run, 1, 1));
      assertThat(second.grants()).containsExactly(grant(run + 700, 1, 1));
      assertThat(second.next()).isEmpty();
      assertThat(counted.pages).isLessThan(80);
    }
  }

  /** The row that fills a page is looked for twice; what comes in between must not be lost. */
  @Test
  void whatIsWrittenWhileAPageIsReadMakesItNoLonger() {
    try (GrantStore memory = memory()) {
      for (int i = 0; i < 40; i += 2) {
        memory.put(SYNC, grant(i, 1, 1).withExpiresAt(Optional.of(NOON)));
      }
      memory.put(SYNC, grant(41, 1, 1));
      memory.put(SYNC, grant(42, 1, 1).withExpiresAt(Optional.of(NOON)));
      memory.put(SYNC, grant(50, 1, 1));
      Calls writing =
          new Calls(memory) {
            @Override
            public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
              GrantPage page = super.page(query, limitRows, after);
              if (pages == 6) {
                memory.put(SYNC, grant(39, 1, 1));
                memory.put(SYNC, grant(37, 1, 1));
                memory.put(SYNC, grant(35, 1, 1));
              }
              return page;
            }
          };
      GrantReader reader = new AsOfReader(writing, NOON);
      List<Grant> read = new ArrayList<>();
      Optional<PageToken> after = Optional.of(PageToken.START);
      while (after.isPresent()) {
        GrantPage page = reader.page(SCAN, 1, after.get());
        assertThat(page.grants()).hasSizeLessThanOrEqualTo(1);
        read.addAll(page.grants());
        after = page.next();
      }
      assertThat(read).doesNotHaveDuplicates().endsWith(grant(41, 1, 1), grant(50, 1, 1));
    }
  }

  /** After each page that is asked for below, the first grant is moved behind it. */
  @Test
  void aPageOfAStoreIsOfOneMoment() {
    EntitlementRef listed = grant(0, 1, 1).entitlement();
    GrantQuery query = new GrantQuery.ByEntitlement(SYNC, listed);
    try (GrantStore memory = memory()) {
      for (int i = 0; i < 40; i++) {
        boolean isLeft = i == 0 || i == 39;
        Grant grant = grant(i, 1, 100 + i);
        memory.put(SYNC, isLeft ? grant : grant.withExpiresAt(Optional.of(NOON)));
      }
      GrantStore moving =
          new ForwardingGrantStore(
              memory,
              reader ->
                  new Calls(reader) {
                    @Override
                    public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
                      GrantPage page = super.page(query, limitRows, after);
                      memory.put(SYNC, grant(0, 1, 900));
                      return page;
                    }
                  });
      GrantPage page = new AsOfReader(moving, NOON).page(query, 4, PageToken.START);
      assertThat(page.grants()).containsExactly(grant(0, 1, 100), grant(39, 1, 139));

      memory.put(SYNC, grant(0, 1, 100));
      GrantReader twice = new AsOfReader(moving, NOON.minusNanos(1)).asOf(NOON);
      assertThat(twice.page(query, 4, PageToken.START)).isEqualTo(page);
    }
  }

  @Test
  void aTokenOfAPageAsOfGoesOnInTheStore() {
    try (GrantStore memory = memory()) {
      for (int i = 0; i < 6; i++) {
        memory.put(SYNC, grant(i, 1, 1).withExpiresAt(Optional.of(NOON.plusNanos(i % 2))));
      }
      GrantPage page = new AsOfReader(memory, NOON).page(SCAN, 1, PageToken.START);
      PageToken next = page.next().orElseThrow();
      assertThat(memory.page(SCAN, 9, next).grants()).hasSize(4);
      assertThat(new AsOfReader(memory, NOON).page(SCAN, 9, next).grants()).hasSize(2);
    }
  }

  @Test
  void ofTwoInstantsTheLaterCounts() {
    Grant ends = grant(1, 1, 1).withExpiresAt(Optional.of(NOON));
    try (GrantStore memory = memory()) {
      memory.put(SYNC, ends);
      for (GrantReader asked : List.of(memory, new AsOfReader(memory, Instant.MIN))) {
        assertThat(asked.asOf(NOON).asOf(Instant.MIN).get(SYNC, ends.id())).isEmpty();
        assertThat(asked.asOf(Instant.MIN).asOf(NOON).get(SYNC, ends.id())).isEmpty();
        assertThat(asked.asOf(Instant.MIN).asOf(NOON.minusNanos(1)).get(SYNC, ends.id()))
            .isPresent();
      }
    }
  }

  @Test
  void badCallsAreRefusedAsByTheReader() {
    try (GrantStore memory = memory()) {
      GrantReader reader = new AsOfReader(memory, NOON);
      assertThatThrownBy(() -> reader.page(SCAN, 0, PageToken.START))
          .isInstanceOf(IllegalArgumentException.class);
      memory.close();
      assertThatThrownBy(() -> reader.page(SCAN, 0, PageToken.START))
          .as("arguments are looked at before the store's state")
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> reader.page(SCAN, 1, PageToken.START))
          .isInstanceOf(IllegalStateException.class);
    }
    try (GrantStore memory = memory()) {
      GrantReader reader = new AsOfReader(memory, NOON);
      assertThatThrownBy(() -> reader.get("other", "g"))
          .isInstanceOfSatisfying(
              GrantStoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.SYNC_UNKNOWN));
    }
  }

  /** Counts the pages that are asked for. */
  private static class Calls extends ForwardingGrantReader {
    int pages;

    Calls(GrantReader asked) {
      super(asked);
    }

    @Override
    public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
      pages++;
      return super.page(query, limitRows, after);
    }
  }

  private static GrantStore memory() {
    GrantStore memory = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE));
    memory.startSync(SYNC, "full", NOON);
    return memory;
  }

  private static List<Grant> rows(GrantCursor cursor) {
    List<Grant> rows = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        rows.add(cursor.grant());
      }
    }
    return rows;
  }

  private static Grant grant(int number, int entitlement, int principal) {
    return Grant.of(
        String.format(Locale.ROOT, "g%06d", number),
        new EntitlementRef("app", "", "e" + entitlement),
        new PrincipalRef("user", "u" + principal),
        Instant.EPOCH);
  }
}
