package dev.grantstore.equivalence.testkit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Shows the names of topics and rules as the words they are made of. */
final class RuleNames extends DisplayNameGenerator.Standard {
  /** {@return {@code aPageOfOne} as {@code a page of one}} */
  static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[0-9])|(?<=.)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  @Override
  public String generateDisplayNameForNestedClass(List<Class<?>> enclosing, Class<?> nested) {
    return words(nested.getSimpleName());
  }

  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosing, Class<?> topic, Method rule) {
    return words(rule.getName());
  }
}
