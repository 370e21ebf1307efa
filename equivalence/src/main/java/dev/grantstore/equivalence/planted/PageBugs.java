package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.PageToken;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Pages that do not add up to the list, and tokens that are believed too easily. */
final class PageBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.inReads(
              "token-gives-its-row-again",
              "a page begins with the last row of the page before",
              InclusiveToken::new),
          PlantedBug.inReads(
              "token-skips-when-its-row-is-gone",
              "if the last row given was deleted meanwhile, the next page lacks its first row",
              SkippingToken::new),
          PlantedBug.inReads(
              "token-counts-rows",
              "a token says how many rows were given, whatever was written since",
              CountingToken::new),
          PlantedBug.inReads(
              "token-of-another-list-accepted",
              "a token fits every list of its sync",
              PageBugs::unscoped),
          PlantedBug.inReads(
              "damaged-token-starts-over",
              "a token that does not decode is taken for the start",
              PageBugs::startingOver),
          PlantedBug.inReads(
              "last-row-lost-on-exact-page",
              "when one row more than the page holds is left, there is no next page",
              PageBugs::losingTheLast),
          PlantedBug.inReads(
              "more-after-an-exact-last-page",
              "a last page that is full has a next one, which is empty",
              PageBugs::emptyLastPage),
          PlantedBug.inReads(
              "limit-forgotten-on-resume",
              "a page after a token has all that is left",
              PageBugs::forgettingTheLimit));

  private PageBugs() {}

  private static GrantReader unscoped(GrantReader sound) {
    return new ListReader(sound) {
      @Override
      GrantQuery scope(GrantQuery query) {
        return new GrantQuery.Scan(query.syncId());
      }
    };
  }

  private static GrantReader startingOver(GrantReader sound) {
    return new BugReader(sound) {
      @Override
      public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
        GrantPage start = super.page(query, limitRows, PageToken.START);
        try {
          return super.page(query, limitRows, after);
        } catch (GrantStoreException e) {
          return start;
        }
      }
    };
  }

  private static GrantReader losingTheLast(GrantReader sound) {
    return new ListReader(sound) {
      @Override
      GrantPage cut(GrantQuery query, int limitRows, List<Grant> rows, List<Grant> left) {
        return left.size() - 1 == limitRows
            ? new GrantPage(left.subList(0, limitRows), Optional.empty())
            : super.cut(query, limitRows, rows, left);
      }
    };
  }

  private static GrantReader emptyLastPage(GrantReader sound) {
    return new ListReader(sound) {
      @Override
      GrantPage cut(GrantQuery query, int limitRows, List<Grant> rows, List<Grant> left) {
        return left.size() == limitRows
            ? new GrantPage(left, token(query, left.get(limitRows - 1)))
            : super.cut(query, limitRows, rows, left);
      }
    };
  }

  private static GrantReader forgettingTheLimit(GrantReader sound) {
    return new ListReader(sound) {
      @Override
      GrantPage cut(GrantQuery query, int limitRows, List<Grant> rows, List<Grant> left) {
        return super.cut(query, left.equals(rows) ? limitRows : MAX_PAGE_ROWS, rows, left);
      }
    };
  }

  private static final class InclusiveToken extends ListReader {
    InclusiveToken(GrantReader sound) {
      super(sound);
    }

    @Override
    List<Grant> after(GrantQuery query, List<Grant> rows, Grant last) {
      return rows.stream().filter(row -> order(query).compare(row, last) >= 0).toList();
    }
  }

  /** Seeks the row, and moves on by one wherever that led. */
  private static final class SkippingToken extends ListReader {
    SkippingToken(GrantReader sound) {
      super(sound);
    }

    @Override
    List<Grant> after(GrantQuery query, List<Grant> rows, Grant last) {
      Comparator<Grant> order = ListOrder.of(query, Ids.ORDER);
      return rows.stream().filter(row -> order.compare(row, last) >= 0).skip(1).toList();
    }
  }

  /** Keeps the number of rows where the id of the last row belongs. */
  private static final class CountingToken extends ListReader {
    CountingToken(GrantReader sound) {
      super(sound);
    }

    @Override
    List<Grant> after(GrantQuery query, List<Grant> rows, Grant last) {
      return rows.stream().skip(Long.parseLong(last.id())).toList();
    }

    @Override
    GrantPage cut(GrantQuery query, int limitRows, List<Grant> rows, List<Grant> left) {
      if (limitRows >= left.size()) {
        return new GrantPage(left, Optional.empty());
      }
      Grant last = left.get(limitRows - 1);
      String given = Long.toString((long) rows.size() - left.size() + limitRows);
      Grant counted = Grant.of(given, last.entitlement(), last.principal(), last.discoveredAt());
      return new GrantPage(left.subList(0, limitRows), token(query, counted));
    }
  }
}
