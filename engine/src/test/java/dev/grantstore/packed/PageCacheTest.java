package dev.grantstore.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Grant;
import dev.grantstore.layout.Keyspace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PageCacheTest {
  private static final int ROWS = 200;
  private static final int PAGE_BYTES = 300;
  private static final List<PackedRows> SYNCS = new ArrayList<>();

  @BeforeAll
  static void packSome() throws Exception {
    for (int rows : new int[] {10, 60, ROWS}) {
      List<Grant> grants = new ShapedGrants(rows).some(rows);
      SYNCS.add(new PackedRows(grants, Keyspace.GRANTS, PAGE_BYTES, 1, 1 << 20));
    }
  }

  @Test
  void whatItHoldsIsNeverMoreThanItMayAndIsCounted() throws Exception {
    PageCache cache = new PageCache(8_000);
    PackedRows first = rows(1);
    PackedRows second = rows(2);
    PackedKeyspace ofFirst = first.sync(cache).keyspace(Keyspace.GRANTS);
    PackedKeyspace ofSecond = second.sync(cache).keyspace(Keyspace.GRANTS);
    for (int round = 0; round < 3; round++) {
      for (int page = 0; page < Math.min(ofFirst.pages(), ofSecond.pages()); page++) {
        ofFirst.page(page);
        ofSecond.page(page);

        assertThat(cache.bytes()).isPositive().isLessThanOrEqualTo(8_000);
        assertThat(cache.bytes()).isEqualTo(held(ofFirst) + held(ofSecond));
      }
    }
  }

  @Test
  void aPageThatItHoldsIsNotReadAgain() throws Exception {
    PackedRows rows = rows(1);
    PackedKeyspace pages = rows.sync(new PageCache(1 << 20)).keyspace(Keyspace.GRANTS);
    for (int page = 0; page < pages.pages(); page++) {
      pages.page(page);
    }
    int reads = rows.reads;
    for (int page = 0; page < pages.pages(); page++) {
      pages.page(page);
    }

    assertThat(rows.reads).isEqualTo(reads);
  }

  @Test
  void nothingIsLeftOfASyncThatIsGone() throws Exception {
    PageCache cache = new PageCache(1 << 20);
    PackedSync gone = rows(1).sync(cache);
    PackedSync stays = rows(2).sync(cache);
    PackedKeyspace ofGone = gone.keyspace(Keyspace.GRANTS);
    PackedKeyspace ofStays = stays.keyspace(Keyspace.GRANTS);
    ofGone.page(0);
    ofGone.page(1);
    ofStays.page(0);
    gone.close();

    assertThat(cache.bytes()).isEqualTo(held(ofStays));
    assertThat(cache.directoryBytes()).isEqualTo(ofStays.directory().memoryBytes());
    // A cursor goes on in it, and leaves nothing.
    ofGone.page(2);
    assertThat(held(ofGone)).isZero();
    assertThat(cache.bytes()).isEqualTo(held(ofStays));
    stays.close();
    assertThat(cache.bytes()).isZero();
    assertThat(cache.directoryBytes()).isZero();
  }

  /** Syncs come, are read and go in any order, and it has room for a part of one. */
  @Test
  void whateverComesAndGoesItIsWithinItsRoomAndCountsRight() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      PageCache cache = new PageCache(random.nextInt(2_000, 12_000));
      List<PackedSync> open = new ArrayList<>();
      for (int step = 0; step < 120; step++) {
        int dice = random.nextInt(10);
        if (open.isEmpty() || (dice == 0 && open.size() < 5)) {
          open.add(SYNCS.get(random.nextInt(SYNCS.size())).sync(cache));
        } else if (dice == 1) {
          open.remove(random.nextInt(open.size())).close();
        } else {
          PackedKeyspace pages = open.get(random.nextInt(open.size())).keyspace(Keyspace.GRANTS);
          pages.page(random.nextInt(pages.pages()));
        }
        long bytes = 0;
        long directories = 0;
        for (PackedSync sync : open) {
          bytes += held(sync.keyspace(Keyspace.GRANTS));
          directories += sync.keyspace(Keyspace.GRANTS).directory().memoryBytes();
        }
        assertThat(cache.bytes()).as("seed %d", seed).isEqualTo(bytes);
        assertThat(cache.bytes()).isLessThanOrEqualTo(12_000);
        assertThat(cache.directoryBytes()).as("seed %d", seed).isEqualTo(directories);
      }
    }
  }

  @Test
  void aPageThatIsUsedAgainIsHeldAsPlainRowsAndCountedAsThose() throws Exception {
    for (long capacity : new long[] {1 << 20, 6_000}) {
      PageCache cache = new PageCache(capacity);
      PackedKeyspace pages =
          new PackedRows(
                  PlainRowsTest.numbered(6 * ROWS), Keyspace.GRANTS, 7 * PAGE_BYTES, 1, 1 << 20)
              .sync(cache)
              .keyspace(Keyspace.GRANTS);
      for (int page = 0; page < pages.pages(); page++) {
        assertThat(pages.page(page).isPlain).isFalse();
        Page again = pages.page(page);

        assertThat(again.isPlain).isTrue();
        assertThat(cache.bytes()).isEqualTo(held(pages)).isLessThanOrEqualTo(capacity);
        assertThat(pages.cached(page)).isSameAs(again);
      }
      assertThat(pages.pages()).isGreaterThan(2);
    }
  }

  @Test
  void whereNothingMayBeHeldNothingIs() throws Exception {
    PageCache cache = new PageCache(0);
    PackedKeyspace pages = rows(1).sync(cache).keyspace(Keyspace.GRANTS);
    pages.page(0);

    assertThat(cache.bytes()).isZero();
    assertThat(held(pages)).isZero();
  }

  private static long held(PackedKeyspace pages) {
    long bytes = 0;
    for (int page = 0; page < pages.pages(); page++) {
      Page held = pages.cached(page);
      bytes += held == null ? 0 : held.memoryBytes();
    }
    return bytes;
  }

  private static PackedRows rows(long seed) throws Exception {
    return new PackedRows(
        new ShapedGrants(seed).some(ROWS), Keyspace.GRANTS, PAGE_BYTES, 1, 1 << 20);
  }
}
