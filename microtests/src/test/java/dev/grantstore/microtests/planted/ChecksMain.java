package dev.grantstore.microtests.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs classes of tests as the build does, until the first test fails: that ends the JVM with exit
 * code 3, and its name is the last line. 0: all passed.
 */
final class ChecksMain implements TestExecutionListener {
  static final String FAILED = "failed: ";
  private static final int FOUND = 3;
  private static final int NOTHING_RAN = 5;

  private final AtomicInteger passed = new AtomicInteger();

  private ChecksMain() {}

  /**
   * Runs them.
   *
   * @param args the folder of the classes, then their names without packages
   */
  public static void main(String[] args) throws IOException, ClassNotFoundException {
    ChecksMain checks = new ChecksMain();
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request()
            .filters(TagFilter.excludeTags("deep"))
            .configurationParameter("jqwik.reporting.onlyfailures", "true")
            .configurationParameter("jqwik.tries.default", "100")
            .configurationParameter("equiv.depth", "2")
            .configurationParameter("equiv.tries", "25");
    for (String name : List.of(args).subList(1, args.length)) {
      request.selectors(selector(Path.of(args[0]), name));
    }
    LauncherFactory.create().execute(request.build(), checks);
    end(checks.passed + " tests passed", checks.passed.get() == 0 ? NOTHING_RAN : 0);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      result.getThrowable().ifPresent(Throwable::printStackTrace);
      end(FAILED + name(test), FOUND);
    }
    if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
      passed.incrementAndGet();
    }
  }

  /** What a test left running is not waited for. */
  private static void end(String lastLine, int code) {
    System.out.println(lastLine);
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  private static String name(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .map(method -> simple(method.getClassName()) + "." + method.getMethodName())
        .orElse(test.getDisplayName());
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /** A topic of a contract suite is a class within one of the class's own superclasses. */
  private static DiscoverySelector selector(Path folder, String name)
      throws IOException, ClassNotFoundException {
    int slash = name.indexOf('/');
    if (slash < 0) {
      return DiscoverySelectors.selectClass(fullName(folder, name));
    }
    Class<?> suite = Class.forName(fullName(folder, name.substring(0, slash)));
    for (Class<?> topic : suite.getSuperclass().getDeclaredClasses()) {
      if (topic.getSimpleName().equals(name.substring(slash + 1))) {
        return DiscoverySelectors.selectNestedClass(List.of(suite), topic);
      }
    }
    throw new IllegalArgumentException("no such topic: " + name);
  }

  private static String fullName(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path file =
          files
              .filter(f -> f.endsWith(name + ".class"))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no such class of tests: " + name));
      String path = folder.relativize(file).toString();
      return path.substring(0, path.length() - ".class".length())
          .replace(file.getFileSystem().getSeparator(), ".");
    }
  }
}
