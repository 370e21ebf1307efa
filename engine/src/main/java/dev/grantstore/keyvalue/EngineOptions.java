package dev.grantstore.keyvalue;

import dev.grantstore.Excerpt;
import dev.grantstore.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Reads names and whole numbers of engine options, for all engines alike. Stateless. */
public final class EngineOptions {
  private EngineOptions() {}

  /**
   * {@return the option of a name}
   *
   * @param options all that the engine has
   * @param label an option's name
   * @param name as the caller has it
   * @param <T> the engine's options
   * @throws IllegalArgumentException if there is none; says which there are
   */
  public static <T> T named(T[] options, Function<T, String> label, String name) {
    return Arrays.stream(options)
        .filter(option -> label.apply(option).equals(name))
        .findAny()
        .orElseThrow(() -> unknown(Arrays.stream(options).map(label).sorted().toList(), name));
  }

  private static IllegalArgumentException unknown(List<String> known, String name) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "unknown engine option: %s known=%s%s",
            Excerpt.of(name),
            known,
            Suggestion.of(name, known)));
  }

  /**
   * {@return the number that a text stands for}
   *
   * @param name the option's
   * @param text as the caller has it
   * @throws IllegalArgumentException if it is no whole number
   */
  public static long number(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "engine option is not a whole number: %s=%s", name, Excerpt.of(text)),
          e);
    }
  }

  /**
   * {@return the number that a text stands for}
   *
   * @param name the option's
   * @param text as the caller has it
   * @param least the smallest that it takes
   * @param most the largest
   * @throws IllegalArgumentException if it is no whole number, or another
   */
  public static long number(String name, String text, long least, long most) {
    return requireWithin(name, number(name, text), least, most);
  }

  /**
   * {@return the value}
   *
   * @param name the option's
   * @param value checked
   * @param least the smallest that the option takes
   * @param most the largest
   * @throws IllegalArgumentException if it is another
   */
  public static long requireWithin(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "engine option is out of range: %s=%d least=%d most=%d",
              name,
              value,
              least,
              most));
    }
    return value;
  }
}
