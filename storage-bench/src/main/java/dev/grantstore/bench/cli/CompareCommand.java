package dev.grantstore.bench.cli;

import dev.grantstore.bench.compare.Comparison;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.tool.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code storage-bench compare}. */
@Command(
    name = "compare",
    header = "Say what differs between two results, and how sure that is.",
    description = {
      "Compares two results cell by cell, or two engines of one result. A change is claimed only if",
      "chance does not explain it and its whole interval lies beyond the limit and the noise floor.",
      "Needs 5 forks or more. Exit code 0 whatever it finds; 'gate' has one for a regression."
    },
    customSynopsis = "storage-bench compare FILE [FILE] [OPTION...]",
    sortOptions = false,
    exitCodeList = {ExitCode.HELP_OK, ExitCode.HELP_FAILURE, ExitCode.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  storage-bench compare before.json after.json",
      "  storage-bench compare before.json after.json \\",
      "      --metric p50-nanos,p99-nanos --limit '*=10%%'",
      "  storage-bench compare run.json --engine rocksdb,lmdb",
      "  storage-bench compare yesterday.json today.json --anyway --format json",
    })
final class CompareCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..2", paramLabel = "FILE", description = "Results, as 'run' writes them.")
  private List<Path> files;

  @Option(
      names = "--engine",
      split = ",",
      paramLabel = "NAME",
      description = "Two engines of one result to compare. Default: the first two in it")
  private List<String> engines = List.of();

  @Mixin private ComparisonOptions options;

  CompareCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Comparison comparison;
    try {
      comparison = comparison();
      options.checkLike(comparison);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = session.out();
    out.print(options.format().render(comparison));
    return ExitCode.OK;
  }

  private Comparison comparison() {
    if (files.size() > 2) {
      throw new IllegalArgumentException(
          "two results are compared, not " + files.size() + ": " + files);
    }
    RunResult first = ResultFiles.read(files.get(0));
    if (files.size() == 2) {
      if (!engines.isEmpty()) {
        throw new IllegalArgumentException("--engine is for two engines of one result");
      }
      return Comparison.of(first, ResultFiles.read(files.get(1)), options.terms());
    }
    List<String> names =
        engines.isEmpty()
            ? first.engines().stream().map(EngineResult::name).limit(2).toList()
            : engines;
    if (names.size() != 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "two results, or two engines of one, are needed; engines in it: %s",
              first.engines().stream().map(EngineResult::name).toList()));
    }
    return Comparison.within(first, names.get(0), names.get(1), options.terms());
  }
}
