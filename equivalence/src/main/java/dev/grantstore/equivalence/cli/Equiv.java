package dev.grantstore.equivalence.cli;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code equiv}: holds grant stores against the reference. */
@Command(
    name = "equiv",
    description = "Finds where a grant store does not answer as the reference does.",
    mixinStandardHelpOptions = true,
    versionProvider = Equiv.Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:all answers were equal",
      "  1:something was found; a replay file tells what",
      "  2:arguments that make no sense; nothing was done",
      "  3:the machine does not allow it, or the tool itself failed",
      "130:interrupted; until then all answers were equal"
    })
public final class Equiv implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show where in the code a failure came from.")
  private boolean verbose;

  private Equiv() {}

  /** Says which version this is. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Equiv.class.getPackage().getImplementationVersion();
      return new String[] {"equiv " + (version == null ? "(development)" : version)};
    }
  }

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    try (Interruption interruption = Interruption.ofProcess()) {
      try {
        interruption.ended(execute(arguments, interruption, out, err));
      } catch (Error e) {
        err.println("equiv: " + e);
      }
    }
  }

  /**
   * {@return the exit code of a command}
   *
   * @param arguments see {@code --help}
   * @param interruption tells when to end early
   * @param out standard output
   * @param err standard error
   */
  static int execute(
      String[] arguments, Interruption interruption, PrintWriter out, PrintWriter err) {
    Equiv top = new Equiv();
    CommandLine line = new CommandLine(top);
    line.addSubcommand(new RunCommand(interruption));
    line.addSubcommand(new ReplayCommand());
    line.addSubcommand(new ReduceCommand());
    line.addSubcommand(new MutantsCommand(interruption));
    line.addSubcommand(new CardCommand());
    line.addSubcommand(new FaultsCommand(interruption));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler((e, given) -> usage(e));
    line.setExecutionExceptionHandler((failure, command, parsed) -> top.failed(failure, err));
    return line.execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do");
  }

  private static int usage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("%s: %s".formatted(command.getCommandSpec().qualifiedName(), e.getMessage()));
    if (command.getParent() == null) {
      command.usage(err);
    } else {
      CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
      err.println("try '%s --help'".formatted(command.getCommandSpec().qualifiedName()));
    }
    err.flush();
    return ExitCode.USAGE;
  }

  private int failed(Exception failure, PrintWriter err) {
    boolean isUsage =
        failure instanceof IllegalArgumentException
            || (failure instanceof GrantStoreException refusal
                && refusal.reason() == Reason.UNSUPPORTED);
    err.println("equiv: " + failure.getMessage());
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return isUsage ? ExitCode.USAGE : ExitCode.ENVIRONMENT;
  }
}
