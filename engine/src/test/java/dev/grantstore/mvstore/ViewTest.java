package dev.grantstore.mvstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.YieldPoint;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pcollections.HashTreePMap;

final class ViewTest {
  private static final SyncCatalog NO_SYNCS = new CatalogRows().catalog(null, null);

  @AfterEach
  void letThreadsBe() {
    YieldPoint.listen(null);
  }

  /** What it leads to may be written over from then on. */
  @Test
  void aViewThatIsLetGoWhileItIsLookedAtIsNotHeld() {
    try (MVStore store = MVStore.open(null)) {
      View view = new View(store, NO_SYNCS, HashTreePMap.empty());
      YieldPoint.listen(once(view::release));

      assertThat(view.tryHold()).isFalse();
      assertThat(view.tryHold()).isFalse();
    }
  }

  @Test
  void holdsThatComeTogetherAreEachCounted() {
    try (MVStore store = MVStore.open(null)) {
      View view = new View(store, NO_SYNCS, HashTreePMap.empty());
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
