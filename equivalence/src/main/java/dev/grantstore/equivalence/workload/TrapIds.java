package dev.grantstore.equivalence.workload;

import java.util.List;

/** Ids on which stores have stumbled: escapes, prefixes, orders, look-alikes, lengths. */
public final class TrapIds {
  /** Sorts before {@link #ASTRAL} in UTF-8, after it in UTF-16: HEBREW LETTER QOF WITH DAGESH. */
  public static final String HIGH_BMP = "\uFB49";

  /** Beyond U+FFFF: the fire emoji, U+1F525. */
  public static final String ASTRAL = "\uD83D\uDD25";

  private static final List<String> NOT_EMPTY =
      List.of(
          // what key codecs escape, and what they end elements with
          "\u0000",
          "\u0000\u0000",
          "\u0000\u00ff",
          "\u0001",
          "\u0001\u0001",
          "\u0001\u0002",
          "\u0002",
          // one id, its prefix, its successor, its neighbours
          "a",
          "a\u0000",
          "a\u0000b",
          "a\u0001",
          "a\u0001b",
          "ab",
          "aa",
          "b",
          // separators of text formats
          ":",
          "/",
          "%",
          "%00",
          "\n",
          "\"",
          "\\",
          " ",
          "a b",
          "a:b",
          // look-alikes: composed and decomposed, case, Turkish I
          "\u00e9",
          "e\u0301",
          "Alice",
          "alice",
          "\u0130",
          "I",
          "\u0131",
          // order and coding: end of each UTF-8 length, surrogates' neighbours, BOM, right to left
          "\u007f",
          "\u0080",
          "\u00ff",
          "\u00ff\u00ff",
          "\u07ff",
          "\u0800",
          "\ud7ff",
          "\ue000",
          HIGH_BMP,
          "\ufeff",
          "\ufeffa",
          "\ufffe",
          "\uffff",
          "\ud800\udc00",
          ASTRAL,
          ASTRAL + ASTRAL,
          "\udbff\udfff",
          "\u202eabc",
          // lengths at which length prefixes grow
          "x".repeat(127),
          "x".repeat(128),
          "x".repeat(255),
          "x".repeat(256),
          "x".repeat(257));

  private TrapIds() {}

  /** {@return traps for ids that must not be empty, each once, in no order} */
  public static List<String> notEmpty() {
    return NOT_EMPTY;
  }

  /** {@return all traps, the empty id among them, each once, in no order} */
  public static List<String> all() {
    List<String> all = new java.util.ArrayList<>(NOT_EMPTY);
    all.add("");
    return List.copyOf(all);
  }

  /**
   * {@return those of some ids that six of a kind of which make a grant for an engine that claims
   * no more than it must}
   *
   * @param ids any
   */
  public static List<String> shortOnes(List<String> ids) {
    return ids.stream().filter(id -> IdPool.isWithin(id, IdPool.SHORT_BYTES)).toList();
  }

  /** {@return strings with half a surrogate pair, which no store may take} */
  public static List<String> malformed() {
    return List.of("\ud83d", "\udd25", "a\ud83d", "\udd25\ud83d", "\ud83da", "a\udd25b");
  }
}
