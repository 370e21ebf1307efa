package dev.grantstore.layout;

/** The version of everything in this package; written into every store. */
public final class FormatVersion {
  /** What this code writes, and the newest it reads. */
  public static final int CURRENT = 1;

  private FormatVersion() {}
}
