package dev.grantstore.bench.cli;

import dev.grantstore.bench.result.RunResult;
import dev.grantstore.tool.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code storage-bench show}. */
@Command(
    name = "show",
    description = "Print a saved result in any form; nothing is measured.",
    sortOptions = false,
    exitCodeList = {ExitCode.HELP_OK, ExitCode.HELP_FAILURE, ExitCode.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  storage-bench show result.json",
      "  storage-bench show result.json --format summary",
      "  storage-bench show result.json --format csv > result.csv",
      "  storage-bench show result.json --format go | benchstat -col /engine -",
      "  storage-bench show result.json --format hdr > result.hlog",
    })
final class ShowCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "A result as JSON, also of a run that has not ended.")
  private Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private OutputFormat format;

  ShowCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.out().print(format.report().render(read(), session.style()));
    return ExitCode.OK;
  }

  private RunResult read() {
    try {
      return ResultFiles.read(file);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
