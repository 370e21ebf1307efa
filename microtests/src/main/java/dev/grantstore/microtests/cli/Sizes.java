package dev.grantstore.microtests.cli;

import dev.grantstore.microtests.rocksdb.LayoutSizes;

/** Prints what each layout takes on disk. */
public final class Sizes {
  private Sizes() {}

  /**
   * Prints the tables.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    System.out.print(LayoutSizes.table());
  }
}
