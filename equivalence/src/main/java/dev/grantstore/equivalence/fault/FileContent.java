package dev.grantstore.equivalence.fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a file may hold after a loss of power. Each page is as of some moment since the last sync,
 * and so is the length, whatever the others are: pages that were never written are zeros. One
 * thread, used once.
 */
final class FileContent {
  private static final int SECTOR_BYTES = 512;
  private static final int PAGE_BYTES = 4096;
  private static final int SECTORS_OF = 3;

  private final List<FileChange> uncertain = new ArrayList<>();
  private final List<Piece> pieces = new ArrayList<>();

  /** The length after each uncertain change, and first the one that is certain. */
  private final List<Long> sizes = new ArrayList<>();

  /** How many changes there are of each page, and how many of them are certain. */
  private final Map<Long, Integer> all = new HashMap<>();

  private final Map<Long, Integer> certain = new HashMap<>();
  private byte[] bytes = {};

  /** What a change does to one page. */
  private record Piece(int change, long page, long from, long to) {}

  private FileContent() {}

  /**
   * {@return the content}
   *
   * @param changes of the file, in order
   * @param synced the event before which every change is there
   * @param cut the event before which changes were made
   * @param how which of those between are there
   * @param random draws among them
   */
  static byte[] of(
      List<FileChange> changes, int synced, int cut, Survival.Data how, SplittableRandom random) {
    FileContent content = new FileContent();
    long size = 0;
    for (FileChange change : changes) {
      if (change.event() < synced) {
        size = content.make(change, size);
      } else if (change.event() < cut) {
        content.uncertain.add(change);
      }
    }
    content.sizes.add(size);
    if (!content.uncertain.isEmpty()) {
      content.cutUp(random.nextInt(SECTORS_OF) == 0 ? SECTOR_BYTES : PAGE_BYTES);
      size = content.makeSome(how, random);
    }
    return Arrays.copyOf(content.bytes, Math.toIntExact(size));
  }

  /** Makes a change whole. */
  private long make(FileChange change, long size) {
    long after = change.sizeAfter(size);
    ensure(Math.max(size, after));
    boolean isResize = change.kind() == FileChange.Kind.RESIZE;
    long end = isResize ? Math.max(size, change.from()) : Math.min(change.to(), bytes.length);
    if (change.from() < end) {
      change.copy(bytes, change.from(), end);
    }
    return after;
  }

  /** Cuts the uncertain changes into pieces of one page, or sector. */
  private void cutUp(int unit) {
    for (int i = 0; i < uncertain.size(); i++) {
      FileChange change = uncertain.get(i);
      long before = sizes.get(i);
      sizes.add(change.sizeAfter(before));
      // What is cut off is zeros, should the file grow again.
      long end = change.kind() == FileChange.Kind.RESIZE ? before : change.to();
      for (long from = change.from(); from < end; ) {
        long page = from / unit;
        long to = Math.min(end, (page + 1) * unit);
        pieces.add(new Piece(i, page, from, to));
        int count = all.merge(page, 1, Integer::sum);
        if (change.kind() == FileChange.Kind.SYNCED_WRITE) {
          certain.put(page, count);
        }
        from = to;
      }
    }
  }

  /** Makes those that are left, and tells the length. */
  private long makeSome(Survival.Data how, SplittableRandom random) {
    int torn = random.nextInt(uncertain.size());
    long tornAt = tornAt(uncertain.get(torn), random);
    Map<Long, Integer> kept = kept(how, random);
    Map<Long, Integer> seen = new HashMap<>();
    int last = uncertain.size();
    int moment =
        switch (how) {
          case NOTHING -> 0;
          case PREFIX -> torn;
          case ALL, HOLE, LENGTH -> last;
          case ONLY -> random.nextInt(2) * last;
          case SOME -> random.nextBoolean() ? last : random.nextInt(last + 1);
        };
    long end = 0;
    for (Piece piece : pieces) {
      int place = seen.merge(piece.page, 1, Integer::sum);
      boolean isCertain = place <= certain.getOrDefault(piece.page, 0);
      long to = piece.to;
      if (how == Survival.Data.PREFIX && !isCertain && piece.change >= torn) {
        to = piece.change == torn ? Math.min(to, tornAt) : 0;
      }
      // What a length cuts off is there for as long as that length is not.
      int most = kept.getOrDefault(piece.page, 0);
      boolean isAhead = piece.change >= moment && place == most && isResize(piece) && !isCertain;
      if (place <= most && piece.from < to && !isAhead) {
        ensure(to);
        uncertain.get(piece.change).copy(bytes, piece.from, to);
        end = piece.change == torn ? to : end;
      }
    }
    long size = Math.max(sizes.get(moment), how == Survival.Data.PREFIX ? end : 0);
    for (FileChange change : uncertain.subList(moment, last)) {
      // A write that is synced by itself is there, whatever length is set before or after it.
      size = change.kind() == FileChange.Kind.SYNCED_WRITE ? Math.max(size, change.to()) : size;
    }
    ensure(size);
    return size;
  }

  private boolean isResize(Piece piece) {
    return uncertain.get(piece.change).kind() == FileChange.Kind.RESIZE;
  }

  /** Up to where the last write is there: whole sectors, or nothing. */
  private static long tornAt(FileChange change, SplittableRandom random) {
    if (change.kind() != FileChange.Kind.WRITE) {
      return 0;
    }
    long sectors = (change.to() - change.from()) / SECTOR_BYTES + 2;
    return (change.from() / SECTOR_BYTES + random.nextLong(sectors)) * SECTOR_BYTES;
  }

  /** How many of the changes of each page are there. */
  private Map<Long, Integer> kept(Survival.Data how, SplittableRandom random) {
    List<Long> pages = new ArrayList<>(all.keySet());
    pages.sort(null);
    long one = pages.isEmpty() ? 0 : pages.get(random.nextInt(pages.size()));
    Map<Long, Integer> kept = new HashMap<>();
    for (long page : pages) {
      int most = all.getOrDefault(page, 0);
      int drawn =
          switch (how) {
            case NOTHING, LENGTH -> 0;
            case ALL, PREFIX -> most;
            case HOLE -> page == one ? 0 : most;
            case ONLY -> page == one ? most : 0;
            case SOME -> random.nextBoolean() ? random.nextInt(most + 1) : random.nextInt(2) * most;
          };
      kept.put(page, Math.max(drawn, certain.getOrDefault(page, 0)));
    }
    return kept;
  }

  private void ensure(long length) {
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(length, 2L * bytes.length)));
    }
  }
}
