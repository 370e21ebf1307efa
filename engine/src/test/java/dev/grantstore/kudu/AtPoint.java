package dev.grantstore.kudu;

import dev.grantstore.keyvalue.YieldPoint;

/**
 * Does something whenever a thread comes to a point.
 *
 * @param wanted what was just done there
 * @param action what is done
 */
record AtPoint(String wanted, Runnable action) implements YieldPoint.Listener {
  @Override
  public void reached(String point) {
    if (point.equals(wanted)) {
      action.run();
    }
  }

  @Override
  public void outside(String point) {
    reached(point);
  }

  @Override
  public boolean waiting() {
    return false;
  }
}
