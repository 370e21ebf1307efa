package dev.grantstore.equivalence.testkit;

import dev.grantstore.equivalence.card.Card;
import dev.grantstore.equivalence.card.Card.Outcome;
import dev.grantstore.equivalence.card.Card.RuleResult;
import dev.grantstore.equivalence.card.CardFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/** Watches the rules of one contract class and writes its card at the end. Without state. */
final class CardExtension
    implements TestInstancePostProcessor,
        ParameterResolver,
        TestExecutionExceptionHandler,
        TestWatcher,
        AfterAllCallback {
  private static final String CARD = "equiv.card";
  private static final String VERDICT = "equiv.verdict";
  private static final String LINE = "equiv.line";
  private static final System.Logger LOGGER = System.getLogger("dev.grantstore.equivalence");
  private static final Namespace NAMESPACE = Namespace.create(CardExtension.class);
  private static final Path USUAL_FOLDER = Path.of("target", "equiv");

  @Override
  public void postProcessTestInstance(Object instance, ExtensionContext context) {
    if (instance instanceof GrantStoreContract engine) {
      draft(context).describe(engine);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Trials.class;
  }

  @Override
  public Trials resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Trials trials =
        new Trials(
            context::getConfigurationParameter,
            folder(context),
            draft(context).name(),
            setting -> most(context, setting));
    context.getStore(NAMESPACE).put(Trials.class, trials);
    return trials;
  }

  /** A test's failure becomes one that names the rule; an aborted test stays as it is. */
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    boolean isJudgement = failure instanceof Exception || failure instanceof AssertionError;
    if (failure instanceof TestAbortedException || !isJudgement) {
      throw failure;
    }
    throw BrokenRuleError.of(
        contract(context).getRequiredTestClass().getSimpleName(),
        topic(context) + ": " + context.getDisplayName(),
        required(context),
        failure);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    note(context, Outcome.PASSED, "");
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    Outcome outcome =
        cause instanceof UntriedRuleException untried ? untried.outcome() : Outcome.ABORTED;
    note(context, outcome, String.valueOf(cause.getMessage()));
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    String problem =
        cause instanceof BrokenRuleError broken ? broken.problem() : String.valueOf(cause);
    note(context, Outcome.FAILED, problem);
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    if (context.getTestMethod().isPresent()) {
      note(context, Outcome.NOT_RUN, reason.orElse("disabled"));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (context == contract(context)) {
      CardDraft draft = draft(context);
      Card card = draft.card(LocalDate.now(java.time.ZoneOffset.UTC));
      CardFiles files = CardFiles.write(folder(context), draft.name(), card);
      // A tool has its own words and place for that.
      if (context.getConfigurationParameter("equiv.tool").isEmpty()) {
        LOGGER.log(System.Logger.Level.INFO, files.line());
      }
      context.publishReportEntry(
          Map.of(
              CARD,
              files.markdown().toString(),
              VERDICT,
              card.verdict().name(),
              LINE,
              files.line()));
    }
  }

  private static void note(ExtensionContext context, Outcome outcome, String message) {
    CardDraft draft = draft(context);
    Optional<Trials> trials =
        Optional.ofNullable(context.getStore(NAMESPACE).get(Trials.class, Trials.class));
    trials.ifPresent(known -> known.runs().forEach(draft::add));
    draft.add(
        context.getRequiredTestClass().getName() + "." + context.getRequiredTestMethod().getName(),
        new RuleResult(
            topic(context),
            context.getDisplayName(),
            outcome,
            required(context).stream().map(Capability::name).collect(Collectors.toSet()),
            message,
            trials.flatMap(Trials::replay).map(Path::toString)));
  }

  /** {@return the words for the class in which the test stands} */
  private static String topic(ExtensionContext context) {
    return RuleNames.words(context.getRequiredTestClass().getSimpleName());
  }

  private static long most(ExtensionContext context, String setting) {
    return context.getTestInstance().orElse("") instanceof Topic topic
        ? topic.engine().most(setting)
        : Long.MAX_VALUE;
  }

  private static Set<Capability> required(ExtensionContext context) {
    return context.getTestInstance().orElse("") instanceof Topic topic
        ? topic.required()
        : EnumSet.noneOf(Capability.class);
  }

  private static Path folder(ExtensionContext context) {
    return context.getConfigurationParameter("equiv.cards").map(Path::of).orElse(USUAL_FOLDER);
  }

  private static CardDraft draft(ExtensionContext context) {
    ExtensionContext contract = contract(context);
    return contract
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            CardDraft.class,
            any -> new CardDraft(contract.getRequiredTestClass()),
            CardDraft.class);
  }

  /** {@return the context of the user's class, in which all topics are nested} */
  private static ExtensionContext contract(ExtensionContext context) {
    ExtensionContext outer = context;
    while (!GrantStoreContract.class.isAssignableFrom(outer.getRequiredTestClass())) {
      outer = outer.getParent().orElseThrow();
    }
    return outer;
  }
}
