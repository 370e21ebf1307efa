package dev.grantstore.equivalence.cli;

import dev.grantstore.equivalence.card.Card.Verdict;
import dev.grantstore.equivalence.testkit.Capability;
import dev.grantstore.equivalence.workload.BoundedSequences;
import dev.grantstore.tool.EnginePlace;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code equiv card}. */
@Command(
    name = "card",
    description = "Put an engine under the contract suite, and print its conformance card.",
    sortOptions = false,
    exitCodeList = {
      "  0:every rule that the engine claims is kept",
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      "  3:a rule of the contract is broken",
      "  5:not every rule was run to its end",
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  equiv card --engine sqlite",
      "  equiv card --engine memory --not-claimed PERSISTENT,EXCLUSIVE,READ_ONLY_OPEN",
      "  GRANTSTORE_CLASSPATH=yours.jar equiv card --engine yours --tries 1000",
    })
final class CardCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "rocksdb",
      description = "Any engine on the class path. Default: ${DEFAULT-VALUE}")
  private String engine;

  @Option(
      names = "--not-claimed",
      split = ",",
      paramLabel = "CAPABILITY",
      description = "What the engine does not claim to do: ${COMPLETION-CANDIDATES}.")
  private List<Capability> notClaimed = List.of();

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "100",
      description = "Generated workloads. Default: ${DEFAULT-VALUE}")
  private int tries;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "3",
      description = "All sequences of so many operations. Default: ${DEFAULT-VALUE}")
  private int depth;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "equiv-cards",
      description = "Where the card goes, as Markdown and JSON. Default: ${DEFAULT-VALUE}")
  private Path output;

  CardCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    EnginePlace place = EnginePlace.parse(engine);
    if (tries < 1 || depth < 1 || depth > BoundedSequences.MOST_DEPTH) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              Locale.ROOT,
              "tries and depth must be at least 1, depth at most %d: tries=%d depth=%d",
              BoundedSequences.MOST_DEPTH,
              tries,
              depth));
    }
    makeOutput();
    System.setProperty(SchemeContract.SCHEME, place.engine());
    System.setProperty(SchemeContract.PREFIX, place.prefix());
    System.setProperty(
        SchemeContract.NOT_CLAIMED,
        notClaimed.stream().map(Capability::name).collect(Collectors.joining(",")));
    // The suite cannot be stopped: interrupted, the process ends under it.
    session.interruption().keeps("equiv card: no card was written");
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(SchemeContract.class))
            // The suite's jqwik is not to leave its notes in the user's folder.
            .configurationParameter("jqwik.database", "")
            .configurationParameter("equiv.tool", "equiv card")
            .configurationParameter("equiv.cards", output.toString())
            .configurationParameter("equiv.tries", Integer.toString(tries))
            .configurationParameter("equiv.depth", Integer.toString(depth))
            .build();
    Written written = new Written();
    LauncherFactory.create().execute(request, written);
    session.console().say(written.line());
    PrintWriter out = session.out();
    out.print(Files.readString(written.markdown()));
    return switch (written.verdict()) {
      case CONFORMS -> ExitCode.OK;
      case BROKEN -> ExitCode.FOUND;
      case INCOMPLETE -> ExitCode.INCONCLUSIVE;
    };
  }

  private void makeOutput() {
    try {
      Files.createDirectories(output);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    if (!Files.isWritable(output)) {
      throw cannotWrite(null);
    }
  }

  private ParameterException cannotWrite(@Nullable IOException cause) {
    return new ParameterException(
        spec.commandLine(), "no card can be written there: output=" + output, cause);
  }

  /** Hears where the card was written, which no older one can tell. */
  private static final class Written implements TestExecutionListener {
    private final Map<String, String> entries = new HashMap<>();

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
      entries.putAll(entry.getKeyValuePairs());
    }

    Path markdown() {
      return Path.of(entry("equiv.card"));
    }

    String line() {
      return entry("equiv.line");
    }

    Verdict verdict() {
      return Verdict.valueOf(entry("equiv.verdict"));
    }

    private String entry(String name) {
      String value = entries.get(name);
      if (value == null) {
        throw new IllegalStateException("the card was not written");
      }
      return value;
    }
  }
}
