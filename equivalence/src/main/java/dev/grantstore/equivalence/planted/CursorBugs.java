package dev.grantstore.equivalence.planted;

import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import java.util.List;

/** Cursors that do not hold still, or do not end when they should. */
final class CursorBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.overMemory(
              "cursor-sees-later-writes",
              "a cursor shows what is there when it is first moved",
              CursorBugs::late),
          PlantedBug.overMemory(
              "cursor-ends-at-a-flush",
              "a cursor that stands on a row has no more after a flush",
              EndingAtFlush::new),
          PlantedBug.overMemory(
              "cursor-outlives-its-snapshot",
              "a cursor goes on when its snapshot is released",
              CursorBugs::immortal),
          PlantedBug.overRocksDb(
              "cursor-takes-an-error-for-its-end",
              "a cursor that fails says that there are no more rows",
              () -> store -> new BugStore(store, CursorBugs::silent)));

  private CursorBugs() {}

  private static GrantStore late(GrantStore store) {
    return new BugStore(store) {
      @Override
      public GrantCursor cursor(GrantQuery query) {
        return new ListCursor(
            super.cursor(query),
            () ->
                store.sync(query.syncId()).isPresent()
                    ? new BugReader(store).list(query)
                    : List.of());
      }
    };
  }

  /** Opens cursors from a second snapshot, which nobody releases. */
  private static GrantStore immortal(GrantStore store) {
    return new BugStore(store) {
      @Override
      public GrantSnapshot snapshot() {
        GrantSnapshot released = super.snapshot();
        GrantSnapshot kept = super.snapshot();
        return new ForwardingGrantStore.Snapshot(released, released) {
          @Override
          public GrantCursor cursor(GrantQuery query) {
            return kept.cursor(query);
          }
        };
      }
    };
  }

  private static GrantReader silent(GrantReader sound) {
    return new BugReader(sound) {
      @Override
      public GrantCursor cursor(GrantQuery query) {
        return new ForwardingGrantStore.Cursor(super.cursor(query)) {
          @Override
          public boolean next() {
            try {
              return super.next();
            } catch (IllegalStateException e) {
              return false;
            }
          }
        };
      }
    };
  }

  private static final class EndingAtFlush extends BugStore {
    private int flushes;

    EndingAtFlush(GrantStore store) {
      super(store);
    }

    @Override
    public void flush() {
      super.flush();
      flushes++;
    }

    @Override
    public GrantCursor cursor(GrantQuery query) {
      return new ForwardingGrantStore.Cursor(super.cursor(query)) {
        private final int openedAt = flushes;
        private boolean isMoved;
        private boolean isEnded;

        @Override
        public boolean next() {
          isEnded |= isMoved && openedAt != flushes;
          isMoved = true;
          return super.next() && !isEnded;
        }
      };
    }
  }
}
