package dev.grantstore.equivalence.fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What a file may hold after a loss of power. One thread, used once. */
final class FileContent {
  private static final int SECTOR_BYTES = 512;
  private static final int PAGE_BYTES = 4096;

  private byte[] bytes = {};
  private long size;

  /** What a change does to one page, or to one sector. */
  private record Piece(int change, long page, long from, long to) {}

  private FileContent() {}

  /**
   * {@return the content}
   *
   * @param changes of the file, in order
   * @param certain the event before which every change is there
   * @param cut the event before which changes were made
   * @param how which of those between are there
   * @param random draws among them
   */
  static byte[] of(
      List<FileChange> changes, int certain, int cut, Survival.Data how, SplittableRandom random) {
    FileContent content = new FileContent();
    List<FileChange> uncertain = new ArrayList<>();
    for (FileChange change : changes) {
      if (change.event() < certain) {
        content.make(change);
      } else if (change.event() < cut) {
        uncertain.add(change);
      }
    }
    if (!uncertain.isEmpty()) {
      content.makeSome(uncertain, how, random);
    }
    return Arrays.copyOf(content.bytes, Math.toIntExact(content.size));
  }

  private void make(FileChange change) {
    if (change.kind() == FileChange.Kind.RESIZE) {
      fill(change.length(), Math.max(size, change.length()));
      size = change.length();
    } else if (change.kind() == FileChange.Kind.ZERO) {
      fill(change.at(), Math.min(size, change.at() + change.length()));
    } else {
      copy(change, change.at(), change.at() + change.length());
      size = Math.max(size, change.at() + change.length());
    }
  }

  private void makeSome(List<FileChange> changes, Survival.Data how, SplittableRandom random) {
    int unit = random.nextInt(3) == 0 ? SECTOR_BYTES : PAGE_BYTES;
    List<Long> sizes = new ArrayList<>(List.of(size));
    List<Piece> pieces = new ArrayList<>();
    Map<Long, Integer> counts = new HashMap<>();
    Map<Long, Integer> certain = new HashMap<>();
    long certainSize = 0;
    for (int i = 0; i < changes.size(); i++) {
      FileChange change = changes.get(i);
      boolean isSynced = change.kind() == FileChange.Kind.SYNCED_WRITE;
      long before = sizes.get(i);
      long from = change.at();
      long to = change.at() + change.length();
      if (change.kind() == FileChange.Kind.RESIZE) {
        from = change.length();
        to = before;
        sizes.add(change.length());
      } else if (change.kind() == FileChange.Kind.ZERO) {
        sizes.add(before);
      } else {
        sizes.add(Math.max(before, to));
      }
      while (from < to) {
        long page = from / unit;
        long end = Math.min(to, (page + 1) * unit);
        pieces.add(new Piece(i, page, from, end));
        int count = counts.merge(page, 1, Integer::sum);
        if (isSynced) {
          certain.put(page, count);
        }
        from = end;
      }
      if (isSynced) {
        certainSize = to;
      }
    }
    choose(changes, pieces, counts, certain, unit, how, random);
    long chosen = sizes.get(sizeAt(sizes.size() - 1, how, random));
    size = Math.max(chosen, certainSize);
    if (how == Survival.Data.PREFIX) {
      size = Math.max(tornSize, certainSize);
    }
    ensure(size);
  }

  private long tornSize;

  private void choose(
      List<FileChange> changes,
      List<Piece> pieces,
      Map<Long, Integer> counts,
      Map<Long, Integer> certain,
      int unit,
      Survival.Data how,
      SplittableRandom random) {
    int torn = random.nextInt(changes.size() + 1);
    long tornAt = Long.MAX_VALUE;
    tornSize = size;
    if (how == Survival.Data.PREFIX) {
      for (int i = 0; i < torn; i++) {
        FileChange change = changes.get(i);
        if (change.kind() == FileChange.Kind.RESIZE) {
          tornSize = change.length();
        } else if (change.kind() != FileChange.Kind.ZERO) {
          tornSize = Math.max(tornSize, change.at() + change.length());
        }
      }
      if (torn < changes.size() && changes.get(torn).kind() == FileChange.Kind.WRITE) {
        FileChange change = changes.get(torn);
        long sectors = change.length() / SECTOR_BYTES + 1;
        tornAt = (change.at() / SECTOR_BYTES + random.nextLong(sectors)) * SECTOR_BYTES;
        tornSize = Math.max(tornSize, Math.min(tornAt, change.at() + change.length()));
      }
    }
    List<Long> pages = new ArrayList<>(counts.keySet());
    pages.sort(null);
    long one = pages.isEmpty() ? 0 : pages.get(random.nextInt(pages.size()));
    Map<Long, Integer> kept = new HashMap<>();
    for (long page : pages) {
      int all = counts.getOrDefault(page, 0);
      int most =
          switch (how) {
            case NOTHING, LENGTH -> 0;
            case ALL, PREFIX -> all;
            case HOLE -> page == one ? 0 : all;
            case ONLY -> page == one ? all : 0;
            case SOME -> random.nextBoolean() ? random.nextInt(all + 1) : random.nextInt(2) * all;
          };
      kept.put(page, Math.max(most, certain.getOrDefault(page, 0)));
    }
    Map<Long, Integer> seen = new HashMap<>();
    for (Piece piece : pieces) {
      int place = seen.merge(piece.page, 1, Integer::sum);
      boolean isCertain = place <= certain.getOrDefault(piece.page, 0);
      long to = piece.to;
      if (how == Survival.Data.PREFIX && !isCertain && piece.change >= torn) {
        to = piece.change == torn ? Math.min(to, tornAt == Long.MAX_VALUE ? 0 : tornAt) : 0;
      }
      if (place <= kept.getOrDefault(piece.page, 0) && to > piece.from) {
        FileChange change = changes.get(piece.change);
        if (change.data().length == 0) {
          fill(piece.from, to);
        } else {
          copy(change, piece.from, to);
        }
      }
    }
  }

  private static int sizeAt(int last, Survival.Data how, SplittableRandom random) {
    return switch (how) {
      case NOTHING, PREFIX -> 0;
      case ALL, HOLE, LENGTH -> last;
      case ONLY -> random.nextInt(2) * last;
      case SOME -> random.nextBoolean() ? last : random.nextInt(last + 1);
    };
  }

  private void copy(FileChange change, long from, long to) {
    ensure(to);
    System.arraycopy(
        change.data(), (int) (from - change.at()), bytes, (int) from, (int) (to - from));
  }

  private void fill(long from, long to) {
    if (from < to && from < bytes.length) {
      Arrays.fill(bytes, (int) from, (int) Math.min(to, bytes.length), (byte) 0);
    }
  }

  private void ensure(long length) {
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(length, 2L * bytes.length)));
    }
  }
}
