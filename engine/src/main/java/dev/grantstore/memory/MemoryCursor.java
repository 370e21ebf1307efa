package dev.grantstore.memory;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Walks over rows of its own. One thread. */
final class MemoryCursor implements GrantCursor {
  private final List<Grant> rows;
  private final Lifetime lifetime;
  private final Map<IdField, Utf8View> views = new EnumMap<>(IdField.class);
  private int at = -1;

  MemoryCursor(List<Grant> rows, Lifetime lifetime) {
    this.rows = List.copyOf(rows);
    this.lifetime = lifetime;
  }

  @Override
  public boolean next() {
    lifetime.check();
    if (at < rows.size()) {
      at++;
    }
    return at < rows.size();
  }

  @Override
  public Utf8View id(IdField field) {
    byte[] bytes = field.of(grant()).getBytes(StandardCharsets.UTF_8);
    Utf8View view = views.computeIfAbsent(field, any -> new Utf8View());
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
    lifetime.check();
    if (at < 0 || at >= rows.size()) {
      throw new IllegalStateException("cursor is not on a row");
    }
    return rows.get(at);
  }

  @Override
  public void close() {
    lifetime.end();
  }
}
