package dev.grantstore.bench.cli;

import dev.grantstore.bench.compare.Builds;
import dev.grantstore.bench.compare.Comparison;
import dev.grantstore.bench.compare.Gate;
import dev.grantstore.bench.compare.GateRounds;
import dev.grantstore.bench.export.JunitReport;
import dev.grantstore.bench.report.ComparisonReport;
import dev.grantstore.bench.report.JsonReport;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.selftest.SelfTestResult;
import dev.grantstore.folder.WholeFile;
import dev.grantstore.tool.Durations;
import dev.grantstore.tool.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code storage-bench gate}. */
@Command(
    name = "gate",
    header = "Fail when something became slower.",
    description = {
      "Compares a result with a baseline and ends with exit code 3 when a figure became worse by",
      "more than its limit, in the direction that is worse for it, and chance does not explain it.",
      "With --strict it ends with 5 when that can be neither shown nor ruled out; also without it",
      "when there are too few forks for the figures to claim anything, or nothing can be compared.",
      "A result of an interrupted run decides nothing: 130.",
      "",
      "--against measures this build and another, whose forks take turns, as 'run --against' does",
      "and with its options; what the machine does meanwhile falls out of that. What can be neither",
      "shown nor ruled out then gets more rounds, and what became worse is told once rounds of its",
      "own say so again, until the budget ends. Of two results, made one after the other, no such",
      "thing is known.",
      "",
      "--self-test shows on this machine, now, that it works: three JVMs take turns in each round,",
      "all equal but for a delay injected into the third. It ends with 1 if the gate reports a",
      "regression between the equal ones, or rules out the delay, and with 5 if it cannot tell."
    },
    customSynopsis = {
      "storage-bench gate --against DIR [OPTION...] [OPTION OF run...]",
      "storage-bench gate FILE [OPTION...]  # of run --against",
      "storage-bench gate --baseline FILE [FILE] [OPTION...]",
      "storage-bench gate --self-test [OPTION...]"
    },
    sortOptions = false,
    exitCodeList = {
      ExitCode.HELP_OK,
      "  1:something failed now, the self-test failed, or the machine does not allow it",
      ExitCode.HELP_USAGE,
      "  3:a figure became worse by more than its limit",
      ExitCode.HELP_WRONG,
      "  5:something was not measured now, or a regression can neither be shown nor ruled out",
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  storage-bench gate --against ../base --grants 100k --bench G2,G4,Check \\",
      "      --budget 20m --strict --limit '*=10%%' --junit gate.xml",
      "  storage-bench gate both.json --strict --limit '*=10%%'",
      "  storage-bench gate --baseline main.json branch.json",
      "  storage-bench gate --baseline main.json branch.json --limit G2=5%% --strict",
      "  storage-bench gate --baseline main.json branch.json --limit G2=5%% \\",
      "      --limit '*=10%%'",
      "  storage-bench gate --baseline main.json branch.json --metric p99-nanos \\",
      "      --limit '*=25%%'",
      "  storage-bench gate --baseline main.json --limit G2=5%%  # measures anew",
      "  storage-bench gate --self-test",
    })
final class GateCommand implements Callable<Integer> {
  private static final String USUAL_BUDGET = "20m";

  /** With --against, all but these is for {@code run}. */
  private static final List<String> OWN =
      List.of("--against", "--budget", "--output", "--junit", "--limit", "--metric", "--format");

  private static final List<String> OWN_FLAGS =
      List.of("--strict", "--anyway", "--verbose", "--debug");

  /** What a gate has no use for. */
  private static final List<String> NOT_HERE = List.of("--dry-run", "--resume", "--html");

  private final Session session;

  @Spec private CommandSpec spec;

  @Option(names = "--baseline", paramLabel = "FILE", description = "The result to hold against.")
  private @Nullable Path baseline;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The result of now. Default: measures anew, as the baseline was measured.")
  private @Nullable Path current;

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description = "A checkout of the state before, built, or its jar. See 'run --against'.")
  private @Nullable Path against;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = {
        "With --against, or a result of it: begin no more rounds that would end later. Default: 20m",
        "with --against; of a result no rounds are added without it"
      })
  private @Nullable String budget;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "With --against, or a result and --budget: write all that was measured there as JSON.")
  private @Nullable Path output;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the verdict there as JUnit's XML, too: a test for each figure.")
  private @Nullable Path junit;

  /** The options of {@code run}. */
  @Unmatched private final List<String> ofRun = new ArrayList<>();

  @Option(
      names = "--strict",
      description = "End with 5 when a regression can be neither shown nor ruled out.")
  private boolean strict;

  @Option(names = "--self-test", description = "Show that the gate works.")
  private boolean selfTest;

  @Mixin private SelfTestOptions selfTestOptions;

  @Mixin private ComparisonOptions options;

  GateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (against == null && !ofRun.isEmpty()) {
      throw new UnmatchedArgumentException(spec.commandLine(), ofRun);
    }
    if (selfTest) {
      return selfTest();
    }
    try {
      if (against != null) {
        return measureBuilds(against);
      }
      return baseline == null ? builds() : results(baseline);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private int results(Path before) throws IOException {
    RunResult base = ResultFiles.read(before);
    RunAgain again = new RunAgain(session);
    if (base.interrupted()) {
      return interrupted(before);
    }
    RunResult now;
    if (current == null) {
      Optional<RunResult> anew = again.run(base);
      if (anew.isEmpty() || anew.get().interrupted()) {
        return again.code();
      }
      now = anew.get();
    } else {
      now = ResultFiles.read(current);
      if (now.interrupted()) {
        return interrupted(current);
      }
    }
    return told(Gate.of(base, now, options.terms()));
  }

  private int told(Gate gate) throws IOException {
    options.checkLike(gate.comparison());
    session.out().print(options.format().render(gate));
    if (junit != null) {
      WholeFile.write(junit, JunitReport.xml(gate, strict));
    }
    return exitCode(gate.outcome());
  }

  /** Of one run in which two builds took turns. */
  private int builds() throws IOException {
    RunResult both = current == null ? null : ResultFiles.read(current);
    if (both == null || !Builds.areIn(both)) {
      throw new IllegalArgumentException(
          "missing option: --against DIR, or --baseline FILE; or name a result of 'run --against'");
    }
    if (both.interrupted()) {
      return interrupted(Objects.requireNonNull(current));
    }
    return budget == null
        ? told(Gate.ofBuilds(both, options.terms()))
        : goOn(both, Durations.parse(budget));
  }

  private int goOn(RunResult both, Duration left) throws IOException {
    RunAgain again = new RunAgain(session);
    return untilTold(both, left, again, benchmarks -> again.run(both, benchmarks));
  }

  private int measureBuilds(Path base) throws IOException {
    if (baseline != null) {
      throw new IllegalArgumentException("--against measures, and takes no baseline");
    }
    Comparison.checkOfBuilds(options.terms());
    RunCommand.checkFile("--output", output);
    RunCommand.checkFile("--junit", junit);
    Instant began = session.clock().instant();
    Duration most = Durations.parse(budget == null ? USUAL_BUDGET : budget);
    List<String> command = command(base);
    RunAgain again = new RunAgain(session);
    Optional<RunResult> both = again.run(command);
    if (both.isPresent()) {
      keep(both.get());
    }
    if (both.isEmpty() || both.get().interrupted()) {
      return again.code();
    }
    Duration left = most.minus(Duration.between(began, session.clock().instant()));
    return untilTold(both.get(), left, again, benchmarks -> again.more(command, benchmarks));
  }

  /** {@return {@code run} with what is its own of our arguments} */
  private List<String> command(Path base) {
    List<String> given = spec.root().commandLine().getParseResult().expandedArgs();
    List<String> command = new ArrayList<>(List.of("run", "--against", base.toString()));
    for (String argument :
        RunAgain.without(OWN, given.subList(given.indexOf(spec.name()) + 1, given.size()))) {
      String name = argument.split("=", 2)[0];
      if (NOT_HERE.contains(name)) {
        throw new IllegalArgumentException(name + " does not go with gate --against");
      }
      if (!OWN_FLAGS.contains(name)) {
        command.add(argument);
      }
    }
    return command;
  }

  private int untilTold(
      RunResult both, Duration left, RunAgain again, GateRounds.Measuring measuring)
      throws IOException {
    options.checkLike(Gate.ofBuilds(both, options.terms()).comparison());
    keep(both);
    GateRounds rounds =
        new GateRounds(
            options.terms(),
            benchmarks -> {
              session.say("more rounds of " + String.join(", ", benchmarks));
              return measuring.measure(benchmarks).filter(more -> !more.interrupted());
            },
            session.clock(),
            left);
    GateRounds.Told told = rounds.tell(both);
    keep(told.measured());
    if (session.halt().isRequested()) {
      return ExitCode.INTERRUPTED;
    }
    // Rounds that gave a wrong answer leave no result to be judged.
    return again.code() == ExitCode.WRONG ? again.code() : told(told.gate());
  }

  /** What was measured is kept, whatever comes after. */
  private void keep(RunResult measured) throws IOException {
    if (output != null) {
      WholeFile.write(output, JsonReport.render(measured));
    }
  }

  /** Half a result lets nothing pass: what is not in it may be what became worse. */
  private int interrupted(Path file) {
    session.say("storage-bench gate: interrupted result, nothing is decided: " + file);
    return ExitCode.INTERRUPTED;
  }

  private int selfTest() throws IOException {
    if (baseline != null || current != null || against != null) {
      throw new ParameterException(spec.commandLine(), "--self-test takes no results");
    }
    SelfTestResult result;
    try {
      result = selfTestOptions.run(session, options.terms());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = session.out();
    out.print(ComparisonReport.text(result));
    if (result.isInconclusive()) {
      return ExitCode.INCONCLUSIVE;
    }
    return result.problems().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private int exitCode(Gate.Outcome outcome) {
    return switch (outcome) {
      case WRONG_ANSWERS -> ExitCode.WRONG;
      case FAILED -> ExitCode.FAILURE;
      case REGRESSION -> ExitCode.FOUND;
      case NOT_MEASURED, CANNOT_CLAIM -> ExitCode.INCONCLUSIVE;
      case INCONCLUSIVE -> strict ? ExitCode.INCONCLUSIVE : ExitCode.OK;
      case FINE -> ExitCode.OK;
    };
  }
}
