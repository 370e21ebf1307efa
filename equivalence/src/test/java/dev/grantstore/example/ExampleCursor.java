package dev.grantstore.example;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoField;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Walks over a list. One thread. */
final class ExampleCursor implements GrantCursor {
  private final List<Grant> rows;
  private final Runnable check;
  private final Map<IdField, Utf8View> views = new EnumMap<>(IdField.class);
  private int at = -1;
  private boolean closed;

  /** Throws what {@code check} throws once the store or snapshot that it belongs to is closed. */
  ExampleCursor(List<Grant> rows, Runnable check) {
    this.rows = rows;
    this.check = check;
  }

  @Override
  public boolean next() {
    checkOpen();
    at = Math.min(at + 1, rows.size());
    return at < rows.size();
  }

  @Override
  public Utf8View id(IdField field) {
    byte[] utf8 = text(field, grant()).getBytes(StandardCharsets.UTF_8);
    Utf8View view = views.computeIfAbsent(field, any -> new Utf8View());
    view.wrap(utf8, 0, utf8.length);
    return view;
  }

  @Override
  public long discoveredSeconds() {
    return grant().discoveredAt().getEpochSecond();
  }

  @Override
  public int discoveredNanos() {
    return grant().discoveredAt().get(ChronoField.NANO_OF_SECOND);
  }

  @Override
  public boolean needsExpansion() {
    return grant().needsExpansion();
  }

  @Override
  public Grant grant() {
    checkOpen();
    if (at < 0 || at >= rows.size()) {
      throw new IllegalStateException("cursor is not on a row");
    }
    return rows.get(at);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() {
    check.run();
    if (closed) {
      throw new IllegalStateException("cursor is closed");
    }
  }

  private static String text(IdField field, Grant grant) {
    return switch (field) {
      case GRANT_ID -> grant.id();
      case ENTITLEMENT_TYPE -> grant.entitlement().resourceTypeId();
      case ENTITLEMENT_RESOURCE -> grant.entitlement().resourceId();
      case ENTITLEMENT_ID -> grant.entitlement().entitlementId();
      case PRINCIPAL_TYPE -> grant.principal().resourceTypeId();
      case PRINCIPAL_ID -> grant.principal().resourceId();
    };
  }
}
