package dev.grantstore;

import java.util.Objects;

/**
 * Where a list goes on. Opaque text: keep it, send it, give it back. Outlives writes and reopening.
 *
 * @param text URL-safe ASCII; empty for the start of a list
 */
public record PageToken(String text) {
  /** The start of any list. */
  public static final PageToken START = new PageToken("");

  /** Only refuses null; the store that is given the token checks the rest. */
  public PageToken {
    Objects.requireNonNull(text, "page token");
  }

  /** {@return whether this is the start of a list} */
  public boolean isStart() {
    return text.isEmpty();
  }
}
