package dev.grantstore.bench.cli;

import dev.grantstore.bench.benchmark.WrongAnswerException;
import dev.grantstore.fixture.cli.Failures;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Tool;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Command;

/** {@code storage-bench}: measures grant stores and checks what they answer. */
@Command(
    name = "storage-bench",
    description = "Measures grant stores; every answer is checked.",
    exitCodeList = {
      ExitCode.HELP_OK,
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      "  3:a regression was found (gate)",
      ExitCode.HELP_WRONG,
      "  5:inconclusive (gate)",
      ExitCode.HELP_INTERRUPTED
    })
public final class StorageBench {
  private StorageBench() {}

  /**
   * Runs a command and ends the process with its exit code. Interrupted, it prints what it has and
   * closes its store first.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    Tool.main(arguments, StorageBench::tool);
  }

  /**
   * {@return the program, for one session}
   *
   * @param process what it has around it
   */
  public static Tool tool(dev.grantstore.tool.Session process) {
    Session session = Session.of(process);
    return new Tool(
        process,
        new StorageBench(),
        List.of(
            new QuickstartCommand(session),
            new RunCommand(session),
            new ShowCommand(session),
            new ListCommand(session),
            new ClusterCommand(session),
            new EnvironmentCommand(session),
            new CompletionCommand(session),
            new CompareCommand(session),
            new GateCommand(session)),
        StorageBench::exitCode);
  }

  private static OptionalInt exitCode(Throwable failure) {
    return failure instanceof WrongAnswerException
        ? OptionalInt.of(ExitCode.WRONG)
        : Failures.exitCode(failure);
  }
}
