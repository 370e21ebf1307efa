package dev.grantstore.mvstore;

import dev.grantstore.keyvalue.YieldPoint;

/**
 * The view as of the last write, which readers are given, and the view as of the last sync of the
 * file, which is held until the next: so no page that it leads to is written over, and power loss
 * leaves it, whatever was written after. Any number of threads may hold views; everything else is
 * the writer's.
 */
final class Views implements ViewSource {
  private volatile View shown;
  private View durable;

  /** Takes over a view that is held. */
  Views(View first) {
    shown = first;
    durable = hold();
  }

  @Override
  public View hold() {
    View held = shown;
    YieldPoint.reached("view read");
    while (!held.tryHold()) {
      held = shown;
      YieldPoint.reached("view read again");
    }
    return held;
  }

  /** {@return the view as of the last write, not held once more} */
  View shown() {
    return shown;
  }

  /** Gives readers another view from now on, which it takes over. */
  void show(View next) {
    View before = shown;
    YieldPoint.reached("view made");
    shown = next;
    YieldPoint.reached("view shown");
    before.release();
  }

  /** Says that what is shown would be there after power loss. */
  void shownIsDurable() {
    View before = durable;
    durable = hold();
    before.release();
  }

  /** Lets go of both; nothing can be held any more. */
  void release() {
    durable.release();
    shown.release();
  }
}
