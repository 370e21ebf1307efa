package dev.grantstore;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What somebody may have meant who named something that is not there. */
public final class Suggestion {
  private static final int MOST = 3;

  private Suggestion() {}

  /**
   * {@return {@code "; did you mean a or b?"} of the known names nearest to the word, or nothing
   * when none is near: at most a third of its letters typed wrongly, or only its beginning}
   *
   * @param word that is not known
   * @param known names, as they are to be typed
   */
  public static String of(String word, Collection<String> known) {
    String typed = word.toLowerCase(Locale.ROOT);
    int allowed = Math.max(1, typed.length() / 3);
    int best = allowed;
    for (String name : known) {
      best = Math.min(best, distance(typed, name.toLowerCase(Locale.ROOT)));
    }
    int nearest = best;
    List<String> near =
        known.stream()
            .filter(name -> distance(typed, name.toLowerCase(Locale.ROOT)) <= nearest)
            .sorted()
            .distinct()
            .limit(MOST)
            .toList();
    return near.isEmpty()
        ? ""
        : String.format(Locale.ROOT, "; did you mean %s?", String.join(" or ", near));
  }

  /** Letters put in, left out, changed or swapped with the next; a beginning is one of them. */
  private static int distance(String typed, String name) {
    if (typed.length() > 1 && name.startsWith(typed)) {
      return 1;
    }
    if (typed.length() > 2 * name.length() + 2) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[typed.length() + 1][name.length() + 1];
    for (int i = 0; i <= typed.length(); i++) {
      for (int j = 0; j <= name.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean isSame = typed.charAt(i - 1) == name.charAt(j - 1);
        cost[i][j] =
            Math.min(
                cost[i - 1][j - 1] + (isSame ? 0 : 1),
                Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && typed.charAt(i - 1) == name.charAt(j - 2)
            && typed.charAt(i - 2) == name.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[typed.length()][name.length()];
  }
}
