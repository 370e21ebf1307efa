package dev.grantstore.layout;

/** The version of everything in this package, and of a store's folder; written into every store. */
public final class FormatVersion {
  /** What this code writes, and the newest it reads. */
  public static final int CURRENT = 5;

  /** From this one on a store has marks that name it, and its small files have checksums. */
  public static final int MARKED = 2;

  private FormatVersion() {}
}
