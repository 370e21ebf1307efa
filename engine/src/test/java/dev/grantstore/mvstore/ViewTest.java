package dev.grantstore.mvstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.keyvalue.YieldPoint;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pcollections.HashTreePMap;

final class ViewTest {
  @AfterEach
  void letThreadsBe() {
    YieldPoint.listen(null);
  }

  /** What it leads to may be written over from then on. */
  @Test
  void aViewThatIsLetGoWhileItIsLookedAtIsNotHeld() {
    try (MVStore store = MVStore.open(null)) {
      TreeView view = noTrees(store);
      YieldPoint.listen(once(view::release));

      assertThat(view.tryHold()).isFalse();
      assertThat(view.tryHold()).isFalse();
    }
  }

  @Test
  void holdsThatComeTogetherAreEachCounted() {
    try (MVStore store = MVStore.open(null)) {
      TreeView view = noTrees(store);
      YieldPoint.listen(once(() -> assertThat(view.tryHold()).isTrue()));

      assertThat(view.tryHold()).isTrue();
      view.release();
      view.release();
      assertThat(view.tryHold()).as("still held by its maker").isTrue();
      view.release();
      view.release();
      assertThat(view.tryHold()).isFalse();
    }
  }

  private static TreeView noTrees(MVStore store) {
    return new TreeView(store, HashTreePMap.empty(), Tree.now(store.openMap("default")));
  }

  /** Another thread's step at the first point that is come to. */
  private static YieldPoint.Listener once(Runnable step) {
    return new YieldPoint.Listener() {
      @Override
      public void reached(String point) {
        YieldPoint.listen(null);
        step.run();
      }

      @Override
      public void outside(String point) {}

      @Override
      public boolean waiting() {
        return false;
      }
    };
  }
}
