package dev.grantstore.bench.cli;

import dev.grantstore.bench.measure.Halt;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code storage-bench}: measures grant stores and checks what they answer. */
@Command(
    name = "storage-bench",
    description = "Measures grant stores; every answer is checked.",
    mixinStandardHelpOptions = true,
    versionProvider = StorageBench.Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:done",
      "  1:failed, or the machine does not allow it: locked, not writable, full, engine missing",
      "  2:arguments that make no sense; nothing was done",
      "  3:a regression was found (gate)",
      "  4:the store gave a wrong answer, or is damaged",
      "  5:inconclusive (gate --strict)",
      "130:interrupted; what was measured was printed"
    })
public final class StorageBench implements Runnable {
  /** How long an interrupted run may take to print, to close its store and to go. */
  private static final long LAST_WORDS_SECONDS = 60;

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show where in the code a failure came from.")
  private boolean verbose;

  private StorageBench() {}

  /** Says which version this is. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"storage-bench " + Session.toolVersion()};
    }
  }

  /**
   * Runs a command and ends the process with its exit code. Interrupted, it prints what it has and
   * closes its store first.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    Halt halt = new Halt();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(halt, ended), "shutdown"));
    int code = ExitCode.FAILURE;
    try {
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
      Console console = new Console(err, Terminal.isStandardError(), halt);
      Session session =
          new Session(List.of(arguments), System.getenv(), halt, Clock.systemUTC(), console);
      code = execute(session, out, err);
    } finally {
      ended.countDown();
    }
    System.exit(code);
  }

  /**
   * {@return the exit code of a command}
   *
   * @param session the process it runs in
   * @param out standard output
   * @param err standard error
   */
  static int execute(Session session, PrintWriter out, PrintWriter err) {
    StorageBench top = new StorageBench();
    CommandLine line = new CommandLine(top);
    line.addSubcommand(new QuickstartCommand(session));
    line.addSubcommand(new RunCommand(session));
    line.addSubcommand(new ShowCommand(session));
    line.addSubcommand(new EncodingsCommand(session));
    line.addSubcommand(new ListCommand());
    line.addSubcommand(new EnvironmentCommand());
    line.addSubcommand(new CompletionCommand());
    line.addSubcommand(new CompareCommand());
    line.addSubcommand(new GateCommand(session));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler((e, given) -> usage(e));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> failed(failure, session, top.verbose, err));
    return line.execute(session.arguments().toArray(String[]::new));
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

  private static int failed(Exception failure, Session session, boolean verbose, PrintWriter err) {
    session.console().closeLine();
    err.println("storage-bench: " + Failures.line(failure));
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return Failures.exitCode(failure);
  }

  /** Runs when the process is to end, whoever wants it to. */
  private static void end(Halt halt, CountDownLatch ended) {
    halt.request();
    try {
      if (!ended.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("storage-bench: did not end in time; giving up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
