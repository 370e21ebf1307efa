package dev.grantstore.bench.cli;

import dev.grantstore.bench.experiment.Quickstart;
import dev.grantstore.bench.report.Report;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.tool.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code storage-bench quickstart}. */
@Command(
    name = "quickstart",
    header = "See it work: makes a fixture of 1 M grants, once, and measures.",
    description = {
      "Makes a fixture of 1 M grants in a cache folder, once, runs every benchmark on it and"
          + " prints",
      "one table. Takes a minute or so and about 200 MB of disk."
    },
    exitCodeList = {
      ExitCode.HELP_OK,
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      ExitCode.HELP_WRONG,
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  storage-bench quickstart",
      "  storage-bench quickstart --cache-dir /mnt/disk/grantstore",
    })
final class QuickstartCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Where fixture and results are kept. Default: grantstore in the cache folder")
  private @Nullable Path cacheFolder;

  QuickstartCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Path folder;
    try {
      folder = cacheFolder == null ? session.cacheFolder() : cacheFolder;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new ParameterException(spec.commandLine(), "cache folder is not a folder: " + folder);
    }
    Quickstart quickstart =
        new Quickstart(
            folder, Quickstart.REFERENCE, session.clock(), session.halt(), session.progress());
    Quickstart.Outcome outcome = quickstart.run(Session.toolVersion(), session.arguments());
    RunResult result = outcome.result();
    PrintWriter out = session.out();
    out.print(Report.SUMMARY.render(result, session.style()));
    if (result.interrupted()) {
      out.println("\ninterrupted; what was measured is in " + outcome.file());
      return ExitCode.INTERRUPTED;
    }
    out.print(next(result.engines().get(0).fixture().path(), outcome.file()));
    return ExitCode.OK;
  }

  private static String next(String fixture, Path file) {
    return String.format(
        Locale.ROOT,
        """

    Hits and misses are apart; G1 and G5 do the whole sync in one operation.
    Every answer was compared with the fixture; a wrong one would have ended the run.

    fixture   %s
    result    %s

    next      ./storage-bench/bin/storage-bench run --fixture %s --threads 2
              ./storage-bench/bin/storage-bench run --help
              ./fixture-gen/bin/fixture-gen create --help     other sizes and shapes
              ./fixture-gen/bin/fixture-gen import --help     your own data
    """,
        fixture,
        file,
        fixture);
  }
}
