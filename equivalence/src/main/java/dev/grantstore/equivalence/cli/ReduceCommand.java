package dev.grantstore.equivalence.cli;

import dev.grantstore.equivalence.campaign.CampaignResult.Finding;
import dev.grantstore.equivalence.campaign.FindingFile;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.run.Budget;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.tool.Durations;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code equiv reduce}. */
@Command(
    name = "reduce",
    description = "Make a failing replay file as small as it goes; the file itself is left alone.",
    sortOptions = false,
    exitCodeList = {
      "  0:the file does not fail: there is nothing to reduce",
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      "  3:a difference was found, and the smaller file written",
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  equiv reduce found.replay",
      "  equiv reduce --engine sqlite --budget 10m --output small.replay found.replay",
    })
final class ReduceCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;

  @Mixin private EngineFlags engines;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "End after about so long, with what there is then. Default: ${DEFAULT-VALUE}")
  private String budget;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The smaller file. Default: beside the other, with .reduced behind its name")
  private @Nullable Path output;

  @Parameters(paramLabel = "FILE", description = "A replay file that fails.")
  private Path file;

  ReduceCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    ReplayFile replay;
    Budget limit;
    try {
      engines.check();
      replay = Replays.read(file);
      limit = new Budget(Integer.MAX_VALUE, Durations.parse(budget));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    Path target = output != null ? output : file.resolveSibling(file.getFileName() + ".reduced");
    PrintWriter out = session.out();
    LockedFolder made = engines.folder();
    Path folder = made.path();
    String signature = replay.signature().orElse("");
    try (EngineComparison comparison =
        EngineComparison.of(signature, engines.subjects(folder, 1))) {
      Optional<Divergence> found = comparison.apply(replay.workload());
      if (found.isEmpty()) {
        out.println("equal: there is nothing to reduce in " + file);
        return ExitCode.OK;
      }
      Finding finding = new Finding(replay.workload(), found.get(), "");
      FindingFile.Written written =
          FindingFile.write(finding, comparison, target, limit, Clock.systemUTC());
      out.print(written.report());
      out.println("replay file: " + written.path());
      out.print(written.file().text());
      return ExitCode.FOUND;
    } finally {
      made.close();
    }
  }
}
