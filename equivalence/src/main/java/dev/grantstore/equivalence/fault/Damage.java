package dev.grantstore.equivalence.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** How the bytes of one file are hurt. */
enum Damage {
  /** One bit. */
  FLIP,
  /** The end is gone. */
  CUT,
  /** A page of zeros. */
  ZERO_PAGE,
  /** Some bytes in a row are others. */
  GARBLE,
  /** A page stands in another's place. */
  COPY_PAGE,
  /** Something stands behind the end. */
  APPEND;

  private static final int PAGE_BYTES = 4096;
  private static final int MOST_GARBLED = 256;
  private static final int MOST_APPENDED = 2 * PAGE_BYTES;
  private static final int MOST_ATTEMPTS = 50;

  /**
   * What was done.
   *
   * @param file the path of the file within its store
   * @param text for people
   */
  record Done(String file, String text) {}

  /** Hurts one file of a store, chosen by its size or by its name, so that it is another. */
  static Done draw(Path store, List<String> files, SplittableRandom random) throws IOException {
    List<String> filled = new ArrayList<>();
    long total = 0;
    for (String file : files) {
      if (Files.size(store.resolve(file)) > 0) {
        filled.add(file);
        total += Files.size(store.resolve(file));
      }
    }
    String file =
        random.nextBoolean()
            ? filled.get(random.nextInt(filled.size()))
            : at(store, filled, random.nextLong(total));
    byte[] before = Files.readAllBytes(store.resolve(file));
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      Damage damage = values()[random.nextInt(values().length)];
      int at = random.nextInt(before.length);
      byte[] after = damage.hurt(before, at, random);
      if (!Arrays.equals(before, after)) {
        Files.write(store.resolve(file), after);
        return new Done(
            file,
            String.format(
                Locale.ROOT,
                "%s at byte %d of %s, %d bytes, now %d",
                damage,
                at,
                file,
                before.length,
                after.length));
      }
    }
    throw new IllegalStateException("file stays as it is: " + file);
  }

  /** The file in which a byte is, all of them one after the other. */
  private static String at(Path store, List<String> files, long position) throws IOException {
    long left = position;
    for (String file : files) {
      left -= Files.size(store.resolve(file));
      if (left < 0) {
        return file;
      }
    }
    throw new IllegalArgumentException("behind the last file: " + position);
  }

  private byte[] hurt(byte[] before, int at, SplittableRandom random) {
    int page = at / PAGE_BYTES * PAGE_BYTES;
    int pageEnd = Math.min(page + PAGE_BYTES, before.length);
    byte[] after = before.clone();
    switch (this) {
      case FLIP -> after[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      case CUT -> after = Arrays.copyOf(before, random.nextInt(4) == 0 ? 3 * (at / 4) : at);
      case ZERO_PAGE -> Arrays.fill(after, page, pageEnd, (byte) 0);
      case GARBLE -> {
        int end = Math.min(before.length, at + 1 + random.nextInt(MOST_GARBLED));
        for (int i = at; i < end; i++) {
          after[i] = (byte) random.nextInt();
        }
      }
      case COPY_PAGE -> {
        int from = random.nextInt(before.length) / PAGE_BYTES * PAGE_BYTES;
        int length = Math.min(pageEnd - page, before.length - from);
        System.arraycopy(before, from, after, page, length);
      }
      case APPEND -> {
        after = Arrays.copyOf(before, before.length + 1 + random.nextInt(MOST_APPENDED));
        for (int i = before.length; i < after.length; i++) {
          after[i] = (byte) random.nextInt();
        }
      }
    }
    return after;
  }
}
