package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at its rows only when it is first moved. */
final class LateCursor implements GrantCursor {
  private final GrantCursor real;
  private final Supplier<List<Grant>> rows;
  private @Nullable GrantCursor late;

  LateCursor(GrantCursor real, Supplier<List<Grant>> rows) {
    this.real = real;
    this.rows = rows;
  }

  @Override
  public boolean next() {
    return late().next();
  }

  @Override
  public Utf8View id(IdField field) {
    return late().id(field);
  }

  @Override
  public long discoveredSeconds() {
    return late().discoveredSeconds();
  }

  @Override
  public int discoveredNanos() {
    return late().discoveredNanos();
  }

  @Override
  public boolean needsExpansion() {
    return late().needsExpansion();
  }

  @Override
  public Grant grant() {
    return late().grant();
  }

  @Override
  public void close() {
    real.close();
  }

  private GrantCursor late() {
    GrantCursor cursor = late;
    if (cursor == null) {
      cursor = new ListCursor(real, lookNow());
      late = cursor;
    }
    return cursor;
  }

  /** The list of a sync that was dropped meanwhile is empty. */
  private List<Grant> lookNow() {
    try {
      return rows.get();
    } catch (dev.grantstore.GrantStoreException e) {
      return List.of();
    }
  }
}
