package dev.grantstore.equivalence.cli;

import dev.grantstore.Durability;
import dev.grantstore.equivalence.fault.CannotRecordException;
import dev.grantstore.equivalence.fault.FaultCampaign;
import dev.grantstore.equivalence.fault.PowerLossCampaign;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.tool.EnginePlace;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.OnDisk;
import dev.grantstore.tool.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code equiv powerloss}. */
@Command(
    name = "powerloss",
    description = {
      "Record what stores write, sync and rename, make what a disk may hold of it after a loss of",
      "power, and judge what the stores say then. Needs Linux and a C compiler (cc, gcc, clang)."
    },
    sortOptions = false,
    exitCodeList = {
      "  0:nothing was found",
      "  1:it could not be tested here, or the tool failed",
      ExitCode.HELP_USAGE,
      "  4:what was durable is gone, a wrong answer, a refusal, or a dead or hanging JVM",
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  equiv powerloss --engine sqlite",
      "  equiv powerloss --engine mvstore --durability SYNC --tries 1000 --seed 7",
      "  equiv powerloss --repeat equiv-findings/sqlite-power-1-01",
    })
final class PowerLossCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;

  @Mixin private ScratchFlag scratch;

  @Option(
      names = "--engine",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "rocksdb",
      description =
          "Engines, any on the class path (GRANTSTORE_CLASSPATH). Default: ${DEFAULT-VALUE}")
  private List<String> engines;

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "400",
      description = "How many images of each engine. Default: ${DEFAULT-VALUE}")
  private int tries;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides what is written and what is lost. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--durability",
      split = ",",
      paramLabel = "MODE",
      defaultValue = "SYNC,WAL,BULK",
      description = "In which modes stores are written: ${COMPLETION-CANDIDATES}. Default: all")
  private List<Durability> durabilities;

  @Mixin private OutputFlag output;

  @Option(
      names = "--repeat",
      paramLabel = "DIR",
      description = "Judge the store of a finding once more, and do nothing else.")
  private @Nullable Path repeat;

  PowerLossCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    scratch.check();
    output.check();
    if (tries < 1) {
      throw new ParameterException(spec.commandLine(), "--tries must be at least 1: " + tries);
    }
    engines.forEach(EnginePlace::requireFolder);
    try (LockedFolder made = scratch.folder()) {
      return repeat != null ? FaultsCommand.again(session, repeat, made.path()) : run(made.path());
    }
  }

  private int run(Path folder) throws IOException, InterruptedException {
    for (String engine : engines) {
      OnDisk.require(engine);
    }
    PrintWriter out = session.out();
    List<String> found = new ArrayList<>();
    boolean isTested = true;
    for (String engine : new LinkedHashSet<>(engines)) {
      Path own = Files.createDirectory(folder.resolve(engine));
      try (PowerLossCampaign campaign =
          new PowerLossCampaign(
              engine,
              durabilities,
              seed,
              own,
              output.path(),
              FaultCampaign.LONGEST_CASE,
              session.interruption()::isRequested)) {
        try {
          campaign.run(tries);
        } catch (CannotRecordException e) {
          isTested = false;
          out.println(engine + ": " + e.banner());
        }
        out.println(campaign.text());
        campaign.findings().forEach(finding -> out.println("  " + finding));
        campaign.keptFolders().forEach(kept -> out.println("  kept: " + kept));
        out.flush();
        found.addAll(campaign.findings());
      }
      FolderTree.delete(own);
    }
    boolean isFound = !found.isEmpty();
    boolean isInterrupted = session.interruption().isRequested();
    String last = isFound ? "FOUND" : isTested ? "nothing found" : "not tested";
    out.println(isInterrupted ? "interrupted; until then " + last : last);
    out.flush();
    if (isFound) {
      return ExitCode.WRONG;
    }
    if (isInterrupted) {
      return ExitCode.INTERRUPTED;
    }
    return isTested ? ExitCode.OK : ExitCode.FAILURE;
  }
}
