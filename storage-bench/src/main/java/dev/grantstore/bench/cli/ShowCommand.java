package dev.grantstore.bench.cli;

import dev.grantstore.bench.result.RunResult;
import java.io.PrintWriter;
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
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.report().render(read(), Terminal.style(session)));
    out.flush();
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
