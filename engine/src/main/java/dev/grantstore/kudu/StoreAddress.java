package dev.grantstore.kudu;

import dev.grantstore.Excerpt;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a store is: the masters of a cluster, and a table.
 *
 * @param masters {@code host:port}, several with commas between them
 * @param table the table's name
 */
record StoreAddress(String masters, String table) {
  private static final String MASTER = "(?:[A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+\\]):\\d{1,5}";
  private static final Pattern FORM =
      Pattern.compile("(" + MASTER + "(?:," + MASTER + ")*)/([A-Za-z0-9._/-]{1,200})");

  /**
   * {@return what a location says}
   *
   * @param location {@code host:port/table}, or several masters with commas between them
   * @throws IllegalArgumentException if it is no such location
   */
  static StoreAddress parse(String location) {
    Matcher form = FORM.matcher(location);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "not the address of a Kudu store: %s, wanted is HOST:PORT[,HOST:PORT...]/NAME,"
                  + " NAME of at most 200 letters, digits, '.', '_', '-', '/'",
              Excerpt.of("kudu:" + location)));
    }
    return new StoreAddress(form.group(1), form.group(2));
  }

  @Override
  public String toString() {
    return "kudu:" + masters + "/" + table;
  }
}
