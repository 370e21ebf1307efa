package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.EntitlementRef;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.codec.TupleWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several ranges read as one, by an engine whose rows move and by one whose do not. */
final class KeyRangesTest {
  private static final EntitlementRef A = new EntitlementRef("t", "r", "a");
  private static final EntitlementRef B = new EntitlementRef("t", "r", "b");
  private static final GrantQuery SEVERAL = new GrantQuery.ByEntitlements("s", List.of(A, B, A));

  private final RowBytes key = new RowBytes();
  private final RowBytes value = new RowBytes();

  @Test
  void aPositionLeadsBackBehindItsRowInItsRange() {
    KeyRanges ranges = ranges();
    assertThat(ranges.advance()).isTrue();
    byte[] row = Arrays.copyOf(ranges.prefix(), ranges.prefix().length + 2);
    byte[] position = ranges.position(row);

    KeyRanges resumed = ranges();
    resumed.resume(position);

    assertThat(position).startsWith(0, 0, 0, 1);
    assertThat(resumed.left()).isEqualTo(2);
    assertThat(resumed.prefix()).isEqualTo(ranges.prefix());
    assertThat(resumed.from()).isEqualTo(Arrays.copyOf(row, row.length + 1));
    assertThat(resumed.advance()).isTrue();
    assertThat(resumed.from()).isEqualTo(resumed.prefix());
    assertThat(resumed.advance()).isFalse();
  }

  @Test
  void aForgedPositionIsRefused() {
    for (byte[] forged :
        List.of(
            new byte[0],
            new byte[] {0, 0, 0},
            new byte[] {0, 0, 0, 3},
            new byte[] {-1, -1, -1, -1, 0},
            new byte[] {0x7f, -1, -1, -1})) {
      assertThatThrownBy(() -> ranges().resume(forged))
          .as("%s", Arrays.toString(forged))
          .isInstanceOfSatisfying(
              GrantStoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_PAGE_TOKEN));
    }
  }

  @Test
  void everyRangeIsReadAndTheMomentLetGoOnce() throws Exception {
    for (boolean moves : List.of(true, false)) {
      Counted view = new Counted(moves, -1, false);
      RangesRows rows = rows(view);
      int read = 0;
      while (rows.next(key, value)) {
        read++;
      }
      rows.close();

      assertThat(read).isEqualTo(3);
      assertThat(view.opened).isEqualTo(moves ? 1 : 3);
      assertThat(view.rowsClosed).isEqualTo(view.opened);
      assertThat(view.closed).isEqualTo(1);
    }
  }

  @Test
  void aRangeThatDoesNotOpenIsTheErrorNearItsOwnKeyAndNothingStaysOpen() throws Exception {
    for (boolean moves : List.of(true, false)) {
      Counted view = new Counted(moves, 2, false);
      RangesRows rows = rows(view);
      assertThat(rows.next(key, value)).isTrue();

      assertThatThrownBy(() -> rows.next(key, value)).hasMessage("range 2");
      assertThat(key.startsWith(view.prefix)).isTrue();
      rows.close();

      assertThat(view.rowsClosed).isEqualTo(view.opened);
      assertThat(view.closed).isEqualTo(1);
    }
  }

  @Test
  void rowsThatDoNotCloseAreTheErrorAndTheMomentIsLetGo() {
    Counted view = new Counted(false, -1, true);
    RangesRows rows = rows(view);

    assertThatThrownBy(
            () -> {
              while (rows.next(key, value)) {
                assertThat(view.opened).isEqualTo(1);
              }
            })
        .hasMessage("rows stay open");
    assertThatThrownBy(
            () -> {
              rows.close();
              throw new IllegalStateException("rows stay open");
            })
        .hasMessage("rows stay open");
    assertThat(view.closed).isEqualTo(1);
  }

  private static KeyRanges ranges() {
    return KeyRanges.of(SEVERAL, 1, new TupleWriter());
  }

  private static RangesRows rows(Counted view) {
    KeyRanges ranges = ranges();
    view.prefix = ranges.prefix();
    return new RangesRows(view.first(), view, true, ranges);
  }

  /** One row in each range; counts what is opened and closed. */
  private static final class Counted implements View {
    private final boolean moves;
    private final int failing;
    private final boolean staysOpen;
    private byte[] prefix = {};
    private int ranges;
    private int opened;
    private int rowsClosed;
    private int closed;

    Counted(boolean moves, int failing, boolean staysOpen) {
      this.moves = moves;
      this.failing = failing;
      this.staysOpen = staysOpen;
    }

    Rows first() {
      return new OneRow(prefix);
    }

    @Override
    public boolean get(
        dev.grantstore.layout.Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
      throw new AssertionError();
    }

    @Override
    public Rows rows(dev.grantstore.layout.Keyspace keyspace, byte[] asked, byte[] from) {
      prefix = asked;
      return new OneRow(asked);
    }

    @Override
    public boolean rowsMove() {
      return moves;
    }

    @Override
    public void close() {
      closed++;
    }

    private void enter(byte[] asked) {
      prefix = asked;
      ranges++;
      if (ranges == failing) {
        throw new IllegalStateException("range " + ranges);
      }
    }

    private final class OneRow implements Rows {
      private final List<byte[]> left = new ArrayList<>();

      OneRow(byte[] asked) {
        enter(asked);
        opened++;
        left.add(asked);
      }

      @Override
      public boolean next(RowBytes key, RowBytes value) {
        byte @Nullable [] row = left.isEmpty() ? null : left.remove(0);
        if (row != null) {
          key.point(row);
        }
        return row != null;
      }

      @Override
      public void moveTo(byte[] asked) {
        enter(asked);
        left.add(asked);
      }

      @Override
      public void close() {
        rowsClosed++;
        if (staysOpen) {
          throw new IllegalStateException("rows stay open");
        }
      }
    }
  }
}
