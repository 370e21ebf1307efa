package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows rows of its own for as long as a real cursor lives. */
final class ListCursor implements GrantCursor {
  private final GrantCursor real;
  private final Supplier<List<Grant>> source;
  private final Utf8View view = new Utf8View();
  private @Nullable List<Grant> rows;
  private int at = -1;

  /** Takes its rows when it is first moved, not before. */
  ListCursor(GrantCursor real, Supplier<List<Grant>> source) {
    this.real = real;
    this.source = source;
  }

  ListCursor(GrantCursor real, List<Grant> rows) {
    this(real, () -> rows);
  }

  @Override
  @SuppressWarnings("ReturnValueIgnored") // it throws when its store is closed: that is wanted
  public boolean next() {
    real.next();
    at = Math.min(at + 1, rows().size());
    return at < rows().size();
  }

  @Override
  public Utf8View id(IdField field) {
    byte[] bytes = text(field).getBytes(StandardCharsets.UTF_8);
    view.wrap(bytes, 0, bytes.length);
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
    return rows().get(at);
  }

  @Override
  public void close() {
    real.close();
  }

  private List<Grant> rows() {
    List<Grant> taken = rows;
    if (taken == null) {
      taken = List.copyOf(source.get());
      rows = taken;
    }
    return taken;
  }

  private String text(IdField field) {
    return switch (field) {
      case GRANT_ID -> grant().id();
      case ENTITLEMENT_TYPE -> grant().entitlement().resourceTypeId();
      case ENTITLEMENT_RESOURCE -> grant().entitlement().resourceId();
      case ENTITLEMENT_ID -> grant().entitlement().entitlementId();
      case PRINCIPAL_TYPE -> grant().principal().resourceTypeId();
      case PRINCIPAL_ID -> grant().principal().resourceId();
    };
  }
}
