package dev.grantstore;

import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;

/**
 * The rules every id obeys: well-formed text, compared and ordered as its UTF-8 bytes, unsigned.
 *
 * <p>An id may hold any character, U+0000 and U+0001 included. An unpaired surrogate has no UTF-8
 * form and is refused. Lengths are limited so that every engine's encoded key stays under 64 KiB.
 */
public final class Ids {
  /** The ids of one grant together, in UTF-8 bytes. Escaped in a key they at most double. */
  public static final int MAX_GRANT_IDS_BYTES = 32_000;

  /** One sync id, in UTF-8 bytes. */
  public static final int MAX_SYNC_ID_BYTES = 1_000;

  /**
   * Orders strings by their UTF-8 bytes, unsigned. This differs from {@link String#compareTo} above
   * U+FFFF.
   */
  public static final Comparator<String> ORDER = Ids::compare;

  private Ids() {}

  /**
   * Refuses a string that cannot be stored faithfully.
   *
   * @param name the parameter's name, for the message
   * @param id the id; may be empty
   * @return {@code id}
   * @throws IllegalArgumentException if {@code id} holds an unpaired surrogate or is over {@link
   *     #MAX_GRANT_IDS_BYTES}
   */
  public static String check(String name, String id) {
    Objects.requireNonNull(id, name);
    return checkLength(name, id, MAX_GRANT_IDS_BYTES);
  }

  /**
   * Refuses a grant id that is empty or cannot be stored faithfully.
   *
   * @param id the grant id
   * @return {@code id}
   * @throws IllegalArgumentException if {@code id} is empty or breaks {@link #check}
   */
  public static String checkGrantId(String id) {
    check("grant id", id);
    if (id.isEmpty()) {
      throw new IllegalArgumentException("grant id is empty");
    }
    return id;
  }

  /**
   * Refuses a sync id that is empty, too long, or cannot be stored faithfully.
   *
   * @param id the sync id
   * @return {@code id}
   * @throws IllegalArgumentException if {@code id} is empty, over {@link #MAX_SYNC_ID_BYTES}, or
   *     holds an unpaired surrogate
   */
  public static String checkSyncId(String id) {
    Objects.requireNonNull(id, "sync id");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("sync id is empty");
    }
    return checkLength("sync id", id, MAX_SYNC_ID_BYTES);
  }

  /**
   * {@return the length of {@code text} in UTF-8 bytes}
   *
   * @param text well-formed text
   */
  public static int utf8Length(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }

  private static String checkLength(String name, String id, int limitBytes) {
    int bytes = checkWellFormed(name, id);
    if (bytes > limitBytes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s is too long: bytes=%d limit=%d starts=%s",
              name,
              bytes,
              limitBytes,
              Excerpt.of(id)));
    }
    return id;
  }

  /** {@return the length of the text in UTF-8 bytes, if it has such a form} */
  static int checkWellFormed(String name, String text) {
    int bytes = text.length();
    int ascii = 0;
    while (ascii < bytes && text.charAt(ascii) < 0x80) {
      ascii++;
    }
    for (int i = ascii; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s holds an unpaired surrogate: index=%d value=%s",
                  name,
                  i,
                  Excerpt.of(text)));
        }
        i++;
        bytes += 2;
      } else if (c >= 0x80) {
        bytes += c < 0x800 ? 1 : 2;
      }
    }
    return bytes;
  }

  private static int compare(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean astralX = Character.isSurrogate(x);
        boolean astralY = Character.isSurrogate(y);
        return astralX == astralY ? Character.compare(x, y) : astralX ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
