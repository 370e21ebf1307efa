package dev.grantstore.equivalence.cli;

import dev.grantstore.equivalence.fault.FaultCampaign;
import dev.grantstore.equivalence.fault.FaultKind;
import dev.grantstore.equivalence.fault.FaultTally;
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

/** {@code equiv faults}. */
@Command(
    name = "faults",
    description = {
      "Damage and lose files of stores, kill their writers, and judge what the stores say then.",
      "Right is an error with a reason, or an answer that is true."
    },
    sortOptions = false,
    exitCodeList = {
      "  0:nothing was found",
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      "  4:a wrong answer, a dead or hanging JVM, or an error that is not in the contract",
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  equiv faults --engine sqlite",
      "  equiv faults --engine rocksdb,mvstore --kind damage --tries 1000 --seed 7",
      "  equiv faults --repeat equiv-findings/sqlite-1-01",
    })
final class FaultsCommand implements Callable<Integer> {
  private static final int DAMAGED = 240;
  private static final int KILLED = 100;

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
      names = "--kind",
      split = ",",
      paramLabel = "KIND",
      defaultValue = "damage,loss,kill",
      description = "Which faults: ${COMPLETION-CANDIDATES}. Default: all")
  private List<FaultKind> kinds;

  @Option(
      names = "--tries",
      paramLabel = "N",
      description = "The most cases of each kind. Default: 240 damage, 100 kill, every loss")
  private @Nullable Integer tries;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides what is hurt and where. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Mixin private OutputFlag output;

  @Option(
      names = "--repeat",
      paramLabel = "DIR",
      description = "Judge the store of a finding once more, and do nothing else.")
  private @Nullable Path repeat;

  FaultsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    scratch.check();
    output.check();
    if (tries != null && tries < 1) {
      throw new ParameterException(spec.commandLine(), "--tries must be at least 1: " + tries);
    }
    engines.forEach(EnginePlace::requireFolder);
    try (LockedFolder made = scratch.folder()) {
      Path folder = made.path();
      return repeat != null ? again(session, repeat, folder) : run(folder);
    }
  }

  /** Judges a finding once more, and says what comes of it. */
  static int again(Session session, Path finding, Path folder)
      throws IOException, InterruptedException {
    FaultCampaign.Repeated repeated =
        FaultCampaign.repeat(finding, folder, FaultCampaign.LONGEST_CASE);
    PrintWriter out = session.out();
    out.println(repeated.text());
    out.println(repeated.isFinding() ? "FOUND" : "nothing found");
    out.flush();
    return repeated.isFinding() ? ExitCode.WRONG : ExitCode.OK;
  }

  private int run(Path folder) throws IOException, InterruptedException {
    for (String engine : engines) {
      OnDisk.require(engine);
    }
    PrintWriter out = session.out();
    List<FaultTally> all = new ArrayList<>();
    for (String engine : new LinkedHashSet<>(engines)) {
      Path own = Files.createDirectory(folder.resolve(engine));
      try (FaultCampaign campaign =
          new FaultCampaign(
              engine,
              seed,
              own,
              output.path(),
              FaultCampaign.LONGEST_CASE,
              session.interruption()::isRequested)) {
        for (FaultKind kind : new LinkedHashSet<>(kinds)) {
          FaultTally tally = campaign.run(kind, cases(kind));
          all.add(tally);
          report(out, tally);
        }
      }
      FolderTree.delete(own);
    }
    for (FaultKind kind : new LinkedHashSet<>(kinds)) {
      table(out, kind, all.stream().filter(tally -> tally.kind() == kind).toList());
    }
    boolean isFound = all.stream().anyMatch(tally -> !tally.findings().isEmpty());
    String last = isFound ? "FOUND" : "nothing found";
    out.println(session.interruption().isRequested() ? "interrupted; until then " + last : last);
    out.flush();
    if (isFound) {
      return ExitCode.WRONG;
    }
    return session.interruption().isRequested() ? ExitCode.INTERRUPTED : ExitCode.OK;
  }

  private int cases(FaultKind kind) {
    if (tries != null) {
      return tries;
    }
    return switch (kind) {
      case DAMAGE -> DAMAGED;
      case LOSS -> Integer.MAX_VALUE;
      case KILL -> KILLED;
    };
  }

  private static void report(PrintWriter out, FaultTally tally) {
    out.println(tally.text());
    tally.findings().forEach(finding -> out.println("  " + finding));
    tally.keptFolders().forEach(kept -> out.println("  kept: " + kept));
    out.flush();
  }

  private static void table(PrintWriter out, FaultKind kind, List<FaultTally> tallies) {
    out.println();
    out.println("| " + String.join(" | ", kind.columns()) + " |");
    out.println("| --- ".repeat(kind.columns().size()) + "|");
    tallies.forEach(tally -> out.println(tally.row()));
  }
}
