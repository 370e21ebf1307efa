package dev.grantstore.equivalence.cli;

import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Session;
import dev.grantstore.tool.Tool;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Command;

/** {@code equiv}: holds grant stores against the reference. */
@Command(
    name = "equiv",
    description = "Finds where a grant store does not answer as the reference does.",
    exitCodeList = {
      "  0:all answers were equal",
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      Equiv.HELP_FOUND,
      "  4:faults, powerloss: a wrong answer, a dead or hanging JVM",
      Equiv.HELP_TOO_LITTLE,
      ExitCode.HELP_INTERRUPTED
    })
public final class Equiv {
  /** {@link ExitCode#FOUND} in the help of commands that compare. */
  static final String HELP_FOUND = "  3:a difference was found; a replay file shows it";

  /** {@link ExitCode#INCONCLUSIVE} in the help of commands that must cover something. */
  static final String HELP_TOO_LITTLE = "  5:too little was covered for the answer to be worth it";

  private Equiv() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    Tool.main(arguments, Equiv::tool);
  }

  /**
   * {@return the program, for one session}
   *
   * @param session what it has around it
   */
  public static Tool tool(Session session) {
    return new Tool(
        session,
        new Equiv(),
        List.of(
            new RunCommand(session),
            new ReplayCommand(session),
            new ReduceCommand(session),
            new MutantsCommand(session),
            new CardCommand(session),
            new FaultsCommand(session),
            new PowerLossCommand(session),
            new ConcurrentCommand(session)),
        failure -> OptionalInt.empty());
  }
}
