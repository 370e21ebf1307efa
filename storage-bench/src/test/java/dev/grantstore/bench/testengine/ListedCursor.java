package dev.grantstore.bench.testengine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;

/** Goes through rows that are given. */
final class ListedCursor implements GrantCursor {
  private final List<Grant> rows;
  private final Utf8View view = new Utf8View();
  private int at = -1;

  ListedCursor(List<Grant> rows) {
    this.rows = rows;
  }

  /** {@return the rows of a cursor, which is closed} */
  static List<Grant> read(GrantCursor cursor) {
    List<Grant> rows = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        rows.add(cursor.grant());
      }
    }
    return rows;
  }

  @Override
  public boolean next() {
    at = Math.min(at + 1, rows.size());
    return at < rows.size();
  }

  @Override
  public Utf8View id(IdField field) {
    Grant grant = grant();
    byte[] id =
        switch (field) {
          case GRANT_ID -> grant.id().getBytes(UTF_8);
          case ENTITLEMENT_TYPE -> grant.entitlement().resourceTypeId().getBytes(UTF_8);
          case ENTITLEMENT_RESOURCE -> grant.entitlement().resourceId().getBytes(UTF_8);
          case ENTITLEMENT_ID -> grant.entitlement().entitlementId().getBytes(UTF_8);
          case PRINCIPAL_TYPE -> grant.principal().resourceTypeId().getBytes(UTF_8);
          case PRINCIPAL_ID -> grant.principal().resourceId().getBytes(UTF_8);
        };
    view.wrap(id, 0, id.length);
    return view;
  }

  @Override
  public long discoveredSeconds() {
    return grant().discoveredAt().getEpochSecond();
  }

  @Override
  @SuppressWarnings("JavaInstantGetSecondsGetNano") // the seconds are the method before
  public int discoveredNanos() {
    return grant().discoveredAt().getNano();
  }

  @Override
  public boolean needsExpansion() {
    return grant().needsExpansion();
  }

  @Override
  public boolean hasExpiry() {
    return grant().expiresAt().isPresent();
  }

  @Override
  public long expiresSeconds() {
    return grant().expiresAt().map(Instant::getEpochSecond).orElse(0L);
  }

  @Override
  public int expiresNanos() {
    return grant().expiresAt().map(end -> end.get(ChronoField.NANO_OF_SECOND)).orElse(0);
  }

  @Override
  public Grant grant() {
    return rows.get(at);
  }

  @Override
  public void close() {}
}
