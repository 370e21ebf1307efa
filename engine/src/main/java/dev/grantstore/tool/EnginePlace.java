package dev.grantstore.tool;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStores;

/**
 * An engine as it is named on the command line: by its name, or, if its stores are no folders, with
 * what their locations begin with.
 *
 * @param engine the engine's name
 * @param prefix what locations begin with; empty for folders
 */
public record EnginePlace(String engine, String prefix) {
  /**
   * {@return what a text names}
   *
   * @param text {@code rocksdb}, or {@code kudu:HOST:PORT/PREFIX}
   * @throws IllegalArgumentException if the prefix is missing, or one too many
   * @throws dev.grantstore.GrantStoreException if there is no such engine
   */
  public static EnginePlace parse(String text) {
    int colon = text.indexOf(':');
    String engine = colon < 0 ? text : text.substring(0, colon);
    boolean isFolder = GrantStores.engine(engine).isLocatedByPath();
    if (isFolder && colon >= 0) {
      throw new IllegalArgumentException(
          "engine's stores are folders, which are made: give its name alone: " + Excerpt.of(text));
    }
    if (!isFolder && colon < 0) {
      throw new IllegalArgumentException(
          "engine needs a place for its stores, such as kudu:HOST:PORT/PREFIX: "
              + Excerpt.of(text));
    }
    return new EnginePlace(engine, colon < 0 ? "" : text.substring(colon + 1));
  }

  /**
   * Refuses an engine whose stores are no folders, where their files are looked at.
   *
   * @param text as for {@link #parse}
   * @throws IllegalArgumentException if they are none
   */
  public static void requireFolder(String text) {
    if (!text.contains(":") && !GrantStores.engine(text).isLocatedByPath()) {
      throw new IllegalArgumentException(
          "engine's stores are no folders, so there are no files to change: " + Excerpt.of(text));
    }
    GrantStores.engine(text);
  }
}
