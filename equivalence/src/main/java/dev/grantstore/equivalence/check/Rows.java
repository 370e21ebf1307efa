package dev.grantstore.equivalence.check;

import dev.grantstore.Grant;
import dev.grantstore.GrantBatch;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.IdField;
import dev.grantstore.PageToken;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads rows off cursors and pages, distrusting both. */
public final class Rows {
  private static final int MOST_ROWS_OF_BATCH = 40;

  private Rows() {}

  /**
   * {@return up to so many rows of an open cursor, and whether there were {@code more} or it is at
   * its {@code end}}
   *
   * @param cursor moved on
   * @param limitRows the most rows
   */
  public static Answer next(GrantCursor cursor, int limitRows) {
    List<Grant> rows = new ArrayList<>();
    while (rows.size() < limitRows) {
      if (!cursor.next()) {
        String outcome = cursor.next() ? "goes on after its end" : "end";
        return Answer.rows(outcome, rows);
      }
      Grant grant = cursor.grant();
      rows.add(grant);
      if (!viewsAgree(cursor, grant)) {
        return Answer.rows("fields differ from the grant", rows);
      }
    }
    return Answer.rows("more", rows);
  }

  /**
   * {@return a whole list by a cursor}
   *
   * @param reader asked
   * @param query what for
   */
  public static Answer list(GrantReader reader, GrantQuery query) {
    try (GrantCursor cursor = reader.cursor(query)) {
      return next(cursor, Integer.MAX_VALUE);
    }
  }

  /**
   * {@return the same, which another cursor must give by batches, while nobody writes}
   *
   * @param reader asked
   * @param query what for
   */
  public static Answer listBothWays(GrantReader reader, GrantQuery query) {
    Answer answer = list(reader, query);
    List<Grant> grants = answer.rows().stream().flatMap(Optional::stream).toList();
    GrantBatch batch = new GrantBatch(1 + grants.size() % MOST_ROWS_OF_BATCH);
    try (GrantCursor cursor = reader.cursor(query)) {
      return batchesAgree(cursor, batch, grants)
          ? answer
          : Answer.rows("batches differ from the rows", grants);
    }
  }

  /** Reads by batches, and now and then by the row between them. */
  private static boolean batchesAgree(GrantCursor cursor, GrantBatch batch, List<Grant> grants) {
    int read = 0;
    while (cursor.next(batch)) {
      if (batch.rows() < 1 || batch.rows() > Math.min(batch.capacity(), grants.size() - read)) {
        return false;
      }
      for (int row = 0; row < batch.rows(); row++) {
        if (!batchAgrees(batch, row, grants.get(read++))) {
          return false;
        }
      }
      if (read % 3 == 0 && cursor.next()) {
        if (read == grants.size() || !viewsAgree(cursor, grants.get(read++))) {
          return false;
        }
      }
    }
    return read == grants.size() && batch.rows() == 0 && !cursor.next();
  }

  private static boolean batchAgrees(GrantBatch batch, int row, Grant grant) {
    for (IdField field : IdField.values()) {
      if (!batch.id(field, row).toString().equals(field.of(grant))) {
        return false;
      }
    }
    return batch.discoveredSeconds(row) == grant.discoveredAt().getEpochSecond()
        && batch.discoveredNanos(row) == grant.discoveredAt().get(ChronoField.NANO_OF_SECOND)
        && batch.needsExpansion(row) == grant.needsExpansion()
        && batch.hasExpiry(row) == grant.expiresAt().isPresent()
        && Instant.ofEpochSecond(batch.expiresSeconds(row), batch.expiresNanos(row))
            .equals(grant.expiresAt().orElse(Instant.EPOCH));
  }

  /**
   * {@return a whole list in pages, with the same outcome as by a cursor if the pages are right}
   *
   * @param reader asked
   * @param query what for
   * @param pageRows rows of a page
   */
  public static Answer pages(GrantReader reader, GrantQuery query, int pageRows) {
    List<Grant> rows = new ArrayList<>();
    Set<PageToken> given = new HashSet<>();
    Optional<PageToken> after = Optional.of(PageToken.START);
    while (after.isPresent()) {
      if (!given.add(after.get())) {
        return Answer.rows("a token comes twice", rows);
      }
      GrantPage page = reader.page(query, pageRows, after.get());
      rows.addAll(page.grants());
      after = page.next();
      if (page.grants().size() > pageRows) {
        return Answer.rows("a page is too long", rows);
      }
      if (after.isPresent() && page.grants().size() < pageRows) {
        return Answer.rows("a page before the last is not full", rows);
      }
      if (page.grants().isEmpty() && given.size() > 1) {
        return Answer.rows("the last page is empty", rows);
      }
    }
    return Answer.rows("end", rows);
  }

  private static boolean hasDetails(Grant grant) {
    return grant.expansion().isPresent()
        || !grant.sources().isEmpty()
        || !grant.annotations().isEmpty();
  }

  private static boolean viewsAgree(GrantCursor cursor, Grant grant) {
    for (IdField field : IdField.values()) {
      if (!cursor.id(field).toString().equals(field.of(grant))) {
        return false;
      }
    }
    return cursor.discoveredSeconds() == grant.discoveredAt().getEpochSecond()
        && cursor.discoveredNanos() == grant.discoveredAt().get(ChronoField.NANO_OF_SECOND)
        && cursor.needsExpansion() == grant.needsExpansion()
        && cursor.hasDetails() == hasDetails(grant)
        && cursor.hasExpiry() == grant.expiresAt().isPresent()
        && cursor.expiresSeconds() == grant.expiresAt().map(Instant::getEpochSecond).orElse(0L)
        && cursor.expiresNanos()
            == grant.expiresAt().map(end -> end.get(ChronoField.NANO_OF_SECOND)).orElse(0);
  }
}
