package dev.grantstore.tool;

import dev.grantstore.Suggestion;
import dev.grantstore.Utf8;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command-line tool with its commands: parses, runs one, says what failed, and ends the process
 * with an {@link ExitCode}. Every command has {@code --help}, {@code --version} and {@code
 * --verbose}.
 */
public final class Tool {
  private static final int HELP_COLUMNS = 80;

  /** How picocli ends when only some values are possible. */
  private static final Pattern REFUSED =
      Pattern.compile("expected one of \\[([^]]*)].* but was '([^']*)'$");

  private final Session session;
  private final CommandLine line;
  private final Function<Throwable, OptionalInt> codes;
  private boolean isVerbose;

  /**
   * Puts a tool together.
   *
   * @param session what its commands have around them
   * @param top annotated with the tool's name and description
   * @param commands annotated with theirs; each is a {@code Callable<Integer>}
   * @param codes exit codes of the tool's own failures; empty for what it does not know
   */
  public Tool(
      Session session, Object top, List<?> commands, Function<Throwable, OptionalInt> codes) {
    this.session = session;
    this.codes = codes;
    isVerbose = session.environment().getOrDefault("GRANTSTORE_DEBUG", "").equals("1");
    line = new CommandLine(top);
    commands.forEach(line::addSubcommand);
    standard(line);
    line.getSubcommands().values().forEach(this::standard);
    HelpText.tidy(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(HELP_COLUMNS);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setOut(session.out());
    line.setErr(session.console().writer());
    line.setParameterExceptionHandler((e, given) -> usage(e));
    line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
  }

  /**
   * Runs a tool as this process and ends it.
   *
   * @param arguments of the command line
   * @param tool made for the process's session
   */
  public static void main(String[] arguments, Function<Session, Tool> tool) {
    Session session = Session.ofProcess(arguments);
    int code = ExitCode.FAILURE;
    boolean isEnding = false;
    try {
      code = tool.apply(session).execute();
    } finally {
      isEnding = session.interruption().ended(code);
    }
    if (!isEnding) {
      System.exit(code);
    }
  }

  /** {@return the exit code of the command that the arguments name, once it has run} */
  public int execute() {
    int code;
    try {
      session.arguments().forEach(argument -> Utf8.checkGiven("argument", argument));
      code = line.execute(session.arguments().toArray(String[]::new));
    } catch (IllegalArgumentException | Error e) {
      code = failed(e);
    }
    int last = written(code);
    session.console().clear();
    assert isListed(last) : "exit code is not in the command's help: " + last;
    return last;
  }

  /**
   * {@return what a failure means, in one line of our words}
   *
   * @param failure any
   */
  public static String message(Throwable failure) {
    return Failures.line(failure).orElse("unexpected failure, a fault in this program");
  }

  /** {@return the tool's commands, for tests of their help} */
  public CommandLine commandLine() {
    return line;
  }

  private void standard(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.mixinStandardHelpOptions(true);
    spec.versionProvider(() -> Versions.lines(name()).toArray(String[]::new));
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n").synopsisSubcommandLabel("COMMAND");
    spec.addOption(
        OptionSpec.builder("--verbose", "--debug")
            .type(boolean.class)
            .description("Show where in the code a failure came from.")
            .setter(this::verbose)
            .build());
  }

  private <T> @Nullable T verbose(@Nullable T wanted) {
    isVerbose |= Boolean.TRUE.equals(wanted);
    return wanted;
  }

  private int usage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    Console console = session.console();
    String refused = Failures.withoutClasses(String.valueOf(e.getMessage()), e);
    console.say(String.format(Locale.ROOT, "%s: %s%s", name, refused, meant(e)));
    if (command.getParent() == null && e.getCause() == null && session.arguments().isEmpty()) {
      command.usage(console.writer());
    } else {
      console.say(String.format(Locale.ROOT, "try '%s --help'", name));
    }
    showTrace(e);
    return ExitCode.USAGE;
  }

  private int failed(Throwable failure) {
    int code = codes.apply(failure).orElseGet(() -> Failures.code(failure));
    if (session.interruption().isRequested() && code == ExitCode.FAILURE) {
      // Whatever it was, it comes of being stopped.
      return ExitCode.INTERRUPTED;
    }
    if (session.out().failure() == null) {
      String text = Failures.line(failure).orElseGet(() -> unexpected(failure));
      session.console().say(String.format(Locale.ROOT, "%s: %s", name(), text));
      showTrace(failure);
    }
    return code;
  }

  private String unexpected(Throwable failure) {
    String report = "unexpected failure, a fault in this program; please report it with ";
    return isVerbose
        ? report + "what follows"
        : Failures.save(name(), session.arguments(), failure)
            .map(file -> report + "the stack trace in " + file)
            .orElse(report + "what --verbose shows");
  }

  private void showTrace(Throwable failure) {
    if (isVerbose) {
      PrintWriter err = session.console().writer();
      failure.printStackTrace(err);
      err.flush();
    }
  }

  /** A verdict stays what it is; what was fine is a failure where nobody could read it. */
  private int written(int code) {
    IOException failure = session.out().failure();
    if (failure == null) {
      return code;
    }
    if (!Terminal.isClosedPipe(failure)) {
      String why = String.valueOf(failure.getMessage());
      session
          .console()
          .say(String.format(Locale.ROOT, "%s: output could not be written: %s", name(), why));
    }
    return code == ExitCode.OK ? ExitCode.FAILURE : code;
  }

  /** Names that are near what was typed, where only some are possible. */
  private static String meant(ParameterException e) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().get(0);
      if (!word.startsWith("-")) {
        List<String> names = new ArrayList<>(spec.subcommands().keySet());
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
          if (parameter.completionCandidates() != null) {
            parameter.completionCandidates().forEach(names::add);
          }
        }
        return Suggestion.of(word, names);
      }
      List<String> options =
          spec.options().stream()
              .filter(option -> !option.hidden())
              .flatMap(option -> Stream.of(option.names()))
              .toList();
      int value = word.indexOf('=');
      return Suggestion.of(value < 0 ? word : word.substring(0, value), options);
    }
    Matcher refused = REFUSED.matcher(String.valueOf(e.getMessage()));
    if (!refused.find()) {
      return "";
    }
    // Case does not matter: suggested is what looks like what was typed.
    String word = refused.group(2);
    boolean isLower = word.equals(word.toLowerCase(Locale.ROOT));
    String known = isLower ? refused.group(1).toLowerCase(Locale.ROOT) : refused.group(1);
    return Suggestion.of(word, List.of(known.split(", ")));
  }

  private boolean isListed(int code) {
    CommandLine command = line;
    while (command.getParseResult() != null && command.getParseResult().hasSubcommand()) {
      CommandLine.ParseResult below = command.getParseResult().subcommand();
      command = below.commandSpec().commandLine();
    }
    return command.getCommandSpec().usageMessage().exitCodeList().keySet().stream()
        .anyMatch(listed -> listed.strip().equals(Integer.toString(code)));
  }

  private String name() {
    return line.getCommandName();
  }
}
