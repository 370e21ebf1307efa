package dev.grantstore.bench.cli;

import dev.grantstore.NotUtf8Exception;
import dev.grantstore.Utf8;
import dev.grantstore.bench.result.ResultFormatException;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.tool.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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
  public Integer call() throws IOException {
    PrintWriter out = session.out();
    try {
      out.print(format.report().render(read(), session.style()));
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()), e);
    }
    return ExitCode.OK;
  }

  private RunResult read() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(spec.commandLine(), "no such file: " + file);
    }
    try {
      return ResultJson.decode(Utf8.read(file));
    } catch (ResultFormatException e) {
      throw refused(String.valueOf(e.getMessage()), e);
    } catch (NotUtf8Exception e) {
      throw refused("not a result of storage-bench: " + e.getMessage(), e);
    }
  }

  private ParameterException refused(String why, Exception cause) {
    return new ParameterException(spec.commandLine(), file + ": " + why, cause);
  }
}
