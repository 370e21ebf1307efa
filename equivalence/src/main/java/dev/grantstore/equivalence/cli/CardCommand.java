package dev.grantstore.equivalence.cli;

import dev.grantstore.GrantStores;
import dev.grantstore.equivalence.testkit.Capability;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
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
    footerHeading = "%nExamples:%n",
    footer = {
      "  equiv card --engine sqlite",
      "  equiv card --engine memory --not-claimed PERSISTENT,EXCLUSIVE,READ_ONLY_OPEN",
      "  GRANTSTORE_CLASSPATH=yours.jar equiv card --engine yours --tries 1000 --output cards",
    })
final class CardCommand implements Callable<Integer> {
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

  @Override
  public Integer call() throws IOException {
    GrantStores.provider(engine + ":");
    if (tries < 1 || depth < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "tries and depth must be at least 1: tries=%d depth=%d".formatted(tries, depth));
    }
    Files.createDirectories(output);
    System.setProperty(SchemeContract.SCHEME, engine);
    System.setProperty(
        SchemeContract.NOT_CLAIMED,
        notClaimed.stream().map(Capability::name).collect(Collectors.joining(",")));
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(SchemeContract.class))
            .configurationParameter("equiv.cards", output.toString())
            .configurationParameter("equiv.tries", Integer.toString(tries))
            .configurationParameter("equiv.depth", Integer.toString(depth))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    PrintWriter out = spec.commandLine().getOut();
    out.print(Files.readString(output.resolve("card-%s.md".formatted(engine))));
    out.flush();
    if (summary.getTestsFoundCount() == 0) {
      throw new IllegalStateException("no rule was run");
    }
    return summary.getTotalFailureCount() == 0 ? ExitCode.EQUAL : ExitCode.FINDING;
  }
}
