package dev.grantstore.equivalence.testkit;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Which rules there are: what is not run must be known too. */
final class ContractRules {
  private ContractRules() {}

  /** One rule: its topic's class and its method. */
  record Rule(Class<?> topicClass, Method method) {
    String key() {
      return topicClass.getName() + "." + method.getName();
    }

    String topic() {
      return RuleNames.words(topicClass.getSimpleName());
    }

    String words() {
      return RuleNames.words(method.getName());
    }
  }

  /** {@return every rule of a contract, topic by topic} */
  static List<Rule> of(Class<?> contract) {
    List<Rule> rules = new ArrayList<>();
    List<Class<?>> topics =
        new ArrayList<>(ReflectionSupport.findNestedClasses(contract, t -> true));
    topics.sort(Comparator.comparingInt(ContractRules::order));
    for (Class<?> topic : topics) {
      AnnotationSupport.findAnnotatedMethods(topic, Test.class, HierarchyTraversalMode.TOP_DOWN)
          .stream()
          .sorted(Comparator.comparing(Method::getName))
          .forEach(method -> rules.add(new Rule(topic, method)));
    }
    return rules;
  }

  private static int order(Class<?> topic) {
    return AnnotationSupport.findAnnotation(topic, Order.class)
        .map(Order::value)
        .orElse(Order.DEFAULT);
  }
}
