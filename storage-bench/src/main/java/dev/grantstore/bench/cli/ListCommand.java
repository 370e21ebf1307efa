package dev.grantstore.bench.cli;

import dev.grantstore.bench.benchmark.Benchmark;
import dev.grantstore.bench.benchmark.Benchmarks;
import dev.grantstore.bench.run.EngineProbe;
import dev.grantstore.tool.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code storage-bench list}. */
@Command(
    name = "list",
    description = {
      "Name what there is, a line each: benchmarks, engines and whether they work here, formats.",
      "An engine is tried by making an empty store with it, which is removed again."
    },
    sortOptions = false,
    exitCodeList = {ExitCode.HELP_OK, ExitCode.HELP_FAILURE, ExitCode.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  storage-bench list",
      "  storage-bench list engines",
      "  storage-bench list benchmarks",
    })
final class ListCommand implements Callable<Integer> {
  /** What can be listed. */
  enum Kind {
    BENCHMARKS,
    ENGINES,
    FORMATS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Session session;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      description = "One of ${COMPLETION-CANDIDATES}. Default: all, each under its name")
  private Kind[] kinds = new Kind[0];

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "Where empty stores are made. Default: the temporary folder")
  private Path scratch = Path.of(System.getProperty("java.io.tmpdir"));

  ListCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!Files.isDirectory(scratch)) {
      throw new ParameterException(spec.commandLine(), "scratch folder does not exist: " + scratch);
    }
    PrintWriter out = session.out();
    if (kinds.length > 0) {
      print(kinds[0], "", out);
    } else {
      for (Kind kind : Kind.values()) {
        out.print(kind + "\n");
        print(kind, "  ", out);
      }
    }
    return ExitCode.OK;
  }

  private void print(Kind kind, String indent, PrintWriter out) {
    switch (kind) {
      case BENCHMARKS -> {
        for (Benchmark b : Benchmarks.ALL) {
          out.printf(
              Locale.ROOT, "%s%-10s %-31s %s\n", indent, b.name(), b.title(), b.description());
        }
      }
      case ENGINES -> {
        for (EngineProbe.Finding found : EngineProbe.all(scratch)) {
          String state = found.problem().map(p -> "not available: " + p).orElse("available");
          String line =
              String.format(
                  Locale.ROOT, "%s%-10s %-20s %s", indent, found.scheme(), found.version(), state);
          out.print(line.replaceAll("\\s*\\R\\s*", " ") + "\n");
        }
        String harness = "available: ready-made rows, what the harness itself costs";
        out.printf(Locale.ROOT, "%s%-10s %-20s %s\n", indent, "null", "", harness);
      }
      case FORMATS -> {
        for (OutputFormat format : OutputFormat.values()) {
          out.printf(Locale.ROOT, "%s%-10s %s\n", indent, format, format.description());
        }
      }
    }
  }
}
