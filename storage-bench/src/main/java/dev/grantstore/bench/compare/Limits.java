package dev.grantstore.bench.compare;

import dev.grantstore.Excerpt;
import dev.grantstore.bench.result.CellSeries;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which limit holds for which figure. A limit is given for a question with its outcome ({@code
 * Check hit}), for a question ({@code G2 threads=2}), for a benchmark ({@code G2}), or for
 * everything ({@code *}); the first of these that is there holds.
 */
public final class Limits {
  /** What is tolerated unless somebody says otherwise. */
  public static final Limit USUAL_LIMIT = new Limit(5);

  private static final String EVERYTHING = "*";

  /** The usual limit for everything. */
  public static final Limits USUAL = new Limits(Map.of(EVERYTHING, USUAL_LIMIT));

  private final Map<String, Limit> limits;

  private Limits(Map<String, Limit> limits) {
    this.limits = Map.copyOf(limits);
  }

  /**
   * {@return the limits that the texts mean; {@link #USUAL} where there are none}
   *
   * @param texts each like {@code G2=5%}
   * @throws IllegalArgumentException if one means none, or two are for the same
   */
  public static Limits parse(List<String> texts) {
    if (texts.isEmpty()) {
      return USUAL;
    }
    Map<String, Limit> limits = new LinkedHashMap<>();
    for (String text : texts) {
      int sign = text.lastIndexOf('=');
      if (sign < 1) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "not a limit: %s; write it like G2=5%%", Excerpt.of(text)));
      }
      String name = text.substring(0, sign).strip();
      if (limits.put(name, Limit.parse(text.substring(sign + 1))) != null) {
        throw new IllegalArgumentException("two limits for one: " + Excerpt.of(name));
      }
    }
    return new Limits(limits);
  }

  /**
   * {@return the limit of a figure, if it has one}
   *
   * @param cell whose
   * @param outcome of the cell
   */
  public Optional<Limit> of(CellSeries cell, String outcome) {
    for (String name : names(cell, outcome)) {
      @Nullable Limit limit = limits.get(name);
      if (limit != null) {
        return Optional.of(limit);
      }
    }
    return Optional.empty();
  }

  /**
   * Makes sure that each limit is for something, for one that never holds guards nothing.
   *
   * @param cells what is compared
   * @throws IllegalArgumentException if a limit is for none of them
   */
  public void checkAllNamed(Collection<CellSeries> cells) {
    for (String name : limits.keySet()) {
      if (!isFor(name, cells)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "limit for something that was not measured: %s measured=%s",
                Excerpt.of(name),
                cells.stream().map(CellSeries::question).distinct().toList()));
      }
    }
  }

  /** {@return those that are for some of the cells} */
  Limits of(Collection<CellSeries> cells) {
    Map<String, Limit> some = new LinkedHashMap<>();
    limits.forEach(
        (name, limit) -> {
          if (isFor(name, cells)) {
            some.put(name, limit);
          }
        });
    return new Limits(some);
  }

  private static boolean isFor(String name, Collection<CellSeries> cells) {
    return name.equals(EVERYTHING)
        || cells.stream()
            .anyMatch(
                cell ->
                    cell.middle().outcomes().stream()
                        .anyMatch(outcome -> names(cell, outcome.name()).contains(name)));
  }

  private static List<String> names(CellSeries cell, String outcome) {
    return List.of(
        cell.question() + " " + outcome,
        cell.question(),
        cell.benchmark() + " " + outcome,
        cell.benchmark(),
        EVERYTHING);
  }
}
