package dev.grantstore.bench.cli;

import dev.grantstore.bench.compare.Builds;
import dev.grantstore.bench.compare.Gate;
import dev.grantstore.bench.report.ComparisonReport;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.selftest.SelfTestResult;
import dev.grantstore.tool.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
      "Of a result of 'run --against' the two builds in it are compared, round by round: what the",
      "machine does meanwhile falls out of that. Of two results it does not.",
      "",
      "--self-test shows on this machine, now, that it works: three JVMs take turns in each round,",
      "all equal but for a delay injected into the third. It ends with 1 if the gate reports a",
      "regression between the equal ones, or does not report the delay."
    },
    customSynopsis = {
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
    if (selfTest) {
      return selfTest();
    }
    Gate gate;
    try {
      if (baseline == null) {
        return builds();
      }
      RunResult before = ResultFiles.read(baseline);
      RunAgain again = new RunAgain(session);
      if (before.interrupted()) {
        return interrupted(baseline);
      }
      RunResult now;
      if (current == null) {
        Optional<RunResult> anew = again.run(before);
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
      gate = Gate.of(before, now, options.terms());
      options.checkLike(gate.comparison());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    return told(gate);
  }

  private int told(Gate gate) {
    session.out().print(options.format().render(gate));
    return exitCode(gate.outcome());
  }

  /** Of one run in which two builds took turns. */
  private int builds() throws IOException {
    RunResult both = current == null ? null : ResultFiles.read(current);
    if (both == null || !Builds.areIn(both)) {
      throw new IllegalArgumentException(
          "missing option: --baseline FILE; or name a result of 'run --against'");
    }
    if (both.interrupted()) {
      return interrupted(Objects.requireNonNull(current));
    }
    Gate gate = Gate.ofBuilds(both, options.terms());
    options.checkLike(gate.comparison());
    return told(gate);
  }

  /** Half a result lets nothing pass: what is not in it may be what became worse. */
  private int interrupted(Path file) {
    session.say("storage-bench gate: interrupted result, nothing is decided: " + file);
    return ExitCode.INTERRUPTED;
  }

  private int selfTest() throws IOException {
    if (baseline != null || current != null) {
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
