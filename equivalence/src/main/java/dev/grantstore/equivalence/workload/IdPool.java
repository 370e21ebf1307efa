package dev.grantstore.equivalence.workload;

import dev.grantstore.GrantStoreProvider;
import dev.grantstore.IdField;
import dev.grantstore.Ids;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws few ids that lie close together: of one or two families of traps, and each other's
 * neighbours. Few, so that keys collide; close, so that wrong bounds and orders show.
 */
final class IdPool {
  /** Any six ids of so many bytes are taken by every engine. */
  static final int SHORT_BYTES = GrantStoreProvider.LEAST_ID_BYTES / IdField.COUNT;

  private static final int MOST_IDS = 12;

  /** What makes lists long: longer than any page or piece but the very largest. */
  private static final int MANY_IDS = 150;

  /** Two of them are as long as a grant's ids may be together, or a little longer. */
  private static final List<String> LONGEST =
      List.of(
          "",
          "\u0000".repeat(15_998),
          "\u0000".repeat(15_998) + "\u0001",
          "a",
          "b",
          "z".repeat(15_999),
          "\u00e9".repeat(8_000));

  private static final List<List<String>> FAMILIES =
      List.of(
          List.of("a", "b", "c", "d", "e", "f", "g", "h"),
          // the escapes and ends of tuple keys
          List.of("", "\u0000", "\u0000\u0000", "\u0001", "\u0001\u0001", "\u0001\u0002", "\u0002"),
          // prefixes, and one tuple's bytes in another's elements
          List.of("", "a", "a\u0000", "a\u0000b", "a\u0001", "ab", "abc", "b", "bc", "c"),
          // UTF-16 and UTF-8 disagree about the order
          List.of(
              TrapIds.HIGH_BMP, TrapIds.ASTRAL, "\ue000", "\uffff", "\ud800\udc00", "\ud7ff", "z"),
          List.of("alice", "Alice", "ALICE", "\u00e9", "e\u0301", "I", "\u0130", "\u0131", "i"),
          List.of(":", "/", "%", "%00", "\n", "\"", "\\", " ", ";", "[", "a:b", "a/b", "=>"),
          List.of("\u007f", "\u0080", "\u00ff", "\u00ff\u00ff", "\u07ff", "\u0800", "\ufeff"),
          List.of(
              "x".repeat(127),
              "x".repeat(128),
              "x".repeat(255),
              "x".repeat(256),
              "y".repeat(4_095),
              "y".repeat(4_097)),
          TrapIds.all());

  private static final List<List<String>> SYNCS =
      List.of(
          List.of("s", "s\u0000", "s\u0001", "s1", "s10"),
          List.of("s", "S", "\u0000", "\u0001", "t", TrapIds.HIGH_BMP, TrapIds.ASTRAL),
          TrapIds.notEmpty().stream()
              .filter(id -> Ids.utf8Length(id) <= Ids.MAX_SYNC_ID_BYTES)
              .toList());

  private IdPool() {}

  /**
   * {@return up to twelve ids in the order of {@link Ids#ORDER}, at least one of them not empty;
   * seldom many plain ones, or the longest there are}
   *
   * @param mostBytes how long each may be, as {@link #isWithin} counts
   */
  static List<String> ids(SplittableRandom random, int mostBytes) {
    int dice = random.nextInt(100);
    if (dice < 2) {
      return many(random);
    }
    if (dice < 4 && mostBytes > Ids.MAX_GRANT_IDS_BYTES) {
      return LONGEST;
    }
    int wanted = random.nextInt(1, MOST_IDS + 1);
    List<List<String>> families = List.of(family(random, mostBytes), family(random, mostBytes));
    Set<String> ids = new LinkedHashSet<>();
    for (int tries = 0; ids.size() < wanted && tries < 4 * MOST_IDS; tries++) {
      boolean near = !ids.isEmpty() && random.nextInt(4) == 0;
      String id =
          near
              ? neighbour(random, pick(random, List.copyOf(ids)))
              : pick(random, pick(random, families));
      if (isWithin(id, mostBytes)) {
        ids.add(id);
      }
    }
    if (ids.isEmpty() || ids.equals(Set.of(""))) {
      ids.add("a");
    }
    List<String> sorted = new ArrayList<>(ids);
    sorted.sort(Ids.ORDER);
    return sorted;
  }

  private static List<String> many(SplittableRandom random) {
    String prefix = pick(random, List.of("", "n", "\u0000", "\u0001", "\ud83d\udd25"));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < MANY_IDS; i++) {
      ids.add(prefix + (char) ('a' + i / 26) + (char) ('a' + i % 26));
    }
    return ids;
  }

  /** {@return whether an id has so few bytes, U+0000 and U+0001 counted twice} */
  static boolean isWithin(String id, int mostBytes) {
    long escaped = id.chars().filter(c -> c <= 1).count();
    return Ids.utf8Length(id) + escaped <= mostBytes;
  }

  /** {@return up to three sync ids, seldom up to five} */
  static List<String> syncs(SplittableRandom random) {
    Set<String> syncs = new LinkedHashSet<>();
    List<String> family = pick(random, SYNCS);
    int wanted = random.nextInt(8) == 0 ? random.nextInt(4, 6) : random.nextInt(1, 4);
    while (syncs.size() < wanted) {
      syncs.add(pick(random, family));
    }
    return List.copyOf(syncs);
  }

  private static List<String> family(SplittableRandom random, int mostBytes) {
    List<String> family = pick(random, FAMILIES);
    return family.stream().anyMatch(id -> isWithin(id, mostBytes)) ? family : TrapIds.all();
  }

  private static String neighbour(SplittableRandom random, String id) {
    return switch (random.nextInt(5)) {
      case 0 -> id + "\u0000";
      case 1 -> id + "\u0001";
      case 2 -> id + "\u00ff";
      case 3 -> withoutLast(id);
      default -> withLastRaised(id);
    };
  }

  private static String withoutLast(String id) {
    return id.isEmpty() ? id : id.substring(0, id.offsetByCodePoints(id.length(), -1));
  }

  private static String withLastRaised(String id) {
    if (id.isEmpty()) {
      return "\u0000";
    }
    int last = id.codePointBefore(id.length());
    boolean isRaisable = last < Character.MAX_CODE_POINT && last != Character.MIN_SURROGATE - 1;
    return withoutLast(id) + Character.toString(isRaisable ? last + 1 : last);
  }

  private static <T> T pick(SplittableRandom random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
