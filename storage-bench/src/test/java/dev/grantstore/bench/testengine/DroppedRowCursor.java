package dev.grantstore.bench.testengine;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;

/** Leaves out the first row. */
final class DroppedRowCursor implements GrantCursor {
  private final GrantCursor cursor;

  DroppedRowCursor(GrantCursor cursor) {
    this.cursor = cursor;
    cursor.next();
  }

  @Override
  public boolean next() {
    return cursor.next();
  }

  @Override
  public Utf8View id(IdField field) {
    return cursor.id(field);
  }

  @Override
  public long discoveredSeconds() {
    return cursor.discoveredSeconds();
  }

  @Override
  public int discoveredNanos() {
    return cursor.discoveredNanos();
  }

  @Override
  public boolean needsExpansion() {
    return cursor.needsExpansion();
  }

  @Override
  public boolean hasExpiry() {
    return cursor.hasExpiry();
  }

  @Override
  public long expiresSeconds() {
    return cursor.expiresSeconds();
  }

  @Override
  public int expiresNanos() {
    return cursor.expiresNanos();
  }

  @Override
  public Grant grant() {
    return cursor.grant();
  }

  @Override
  public void close() {
    cursor.close();
  }
}
