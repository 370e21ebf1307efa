package dev.grantstore.packed;

/** Says that pages are missing because their sync was dropped meanwhile. */
public final class PagesGoneException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception, which only says where to look again. */
  public PagesGoneException() {
    super("pages are gone with their sync", null, false, false);
  }
}
