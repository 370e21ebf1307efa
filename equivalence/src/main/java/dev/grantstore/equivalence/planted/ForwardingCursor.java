package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;

/** Moves another cursor. */
class ForwardingCursor implements GrantCursor {
  private final GrantCursor moved;

  ForwardingCursor(GrantCursor moved) {
    this.moved = moved;
  }

  @Override
  public boolean next() {
    return moved.next();
  }

  @Override
  public Utf8View id(IdField field) {
    return moved.id(field);
  }

  @Override
  public long discoveredSeconds() {
    return moved.discoveredSeconds();
  }

  @Override
  public int discoveredNanos() {
    return moved.discoveredNanos();
  }

  @Override
  public boolean needsExpansion() {
    return moved.needsExpansion();
  }

  @Override
  public Grant grant() {
    return moved.grant();
  }

  @Override
  public void close() {
    moved.close();
  }
}
