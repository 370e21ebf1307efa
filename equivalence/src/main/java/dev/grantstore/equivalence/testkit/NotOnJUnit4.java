package dev.grantstore.equivalence.testkit;

import org.junit.runner.Description;
import org.junit.runner.Runner;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunNotifier;

/**
 * Fails in place of the contract where JUnit 4 would run it. Builds that know no newer JUnit, such
 * as Surefire 2.12, which Maven 3.8 takes unless told otherwise, find no test in the contract and
 * are content; this they find. JUnit 5 does not look at it.
 */
public final class NotOnJUnit4 extends Runner {
  private final Description test;

  /**
   * Called by JUnit 4.
   *
   * @param contract the class that is not run
   */
  public NotOnJUnit4(Class<?> contract) {
    test = Description.createTestDescription(contract, "contractIsRun");
  }

  @Override
  public Description getDescription() {
    return test;
  }

  @Override
  public void run(RunNotifier notifier) {
    notifier.fireTestStarted(test);
    notifier.fireTestFailure(
        new Failure(
            test,
            new AssertionError(
                "THE CONTRACT WAS NOT RUN: this build runs JUnit 4 at most, the contract needs"
                    + " JUnit 5. With Maven name maven-surefire-plugin 3.5.4 in the pom, with"
                    + " Gradle useJUnitPlatform().")));
    notifier.fireTestFinished(test);
  }
}
