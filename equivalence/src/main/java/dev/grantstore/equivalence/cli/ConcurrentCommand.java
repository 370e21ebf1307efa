package dev.grantstore.equivalence.cli;

import dev.grantstore.equivalence.concurrent.ConcurrentCampaign;
import dev.grantstore.equivalence.concurrent.ProgramGenerator;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.tool.Durations;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code equiv concurrent}. */
@Command(
    name = "concurrent",
    description = {
      "Run small programs of several threads on one schedule after the other, and look for a legal",
      "order of the calls of each history."
    },
    sortOptions = false,
    exitCodeList = {
      "  0:every history had a legal order",
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      "  3:one had none; a replay file shows it, with its schedule",
      Equiv.HELP_TOO_LITTLE,
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  equiv concurrent --engine sqlite --tries 1000",
      "  equiv concurrent --engine rocksdb --for 1h --seed 9 --threads 2 --bound 2",
      "  equiv replay equiv-findings/rocksdb-7.concurrent",
    })
final class ConcurrentCommand implements Callable<Integer> {
  private static final Duration REDUCING = Duration.ofSeconds(60);

  private final Session session;

  @Spec private CommandSpec spec;

  @Mixin private EngineFlags engines;

  @Option(
      names = "--tries",
      paramLabel = "N",
      description = "How many programs. Default: 200, or as many as --for allows")
  private @Nullable Long tries;

  @Option(names = "--for", paramLabel = "TIME", description = "How long, such as 10m.")
  private @Nullable String time;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides the first program; each has the next. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "3",
      description = "The most threads of a program, 2 to 4. Default: ${DEFAULT-VALUE}")
  private int threads;

  @Option(
      names = "--bound",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "How often one thread may cut in on another that could go on. Default: ${DEFAULT-VALUE}")
  private int bound;

  @Option(
      names = "--schedules",
      paramLabel = "N",
      defaultValue = "300",
      description = "The most schedules up to the bound for one program. Default: ${DEFAULT-VALUE}")
  private int schedules;

  @Option(
      names = "--drawn",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many schedules are drawn at random besides. Default: ${DEFAULT-VALUE}")
  private int drawn;

  @Mixin private OutputFlag output;

  ConcurrentCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    check();
    boolean isFound = false;
    boolean isTooLittle = false;
    long end = time == null ? Long.MAX_VALUE : System.nanoTime() + Durations.parse(time).toNanos();
    try (LockedFolder made = engines.folder()) {
      for (String engine : engines.engines()) {
        Set<String> without = engine.equals("memory") ? Set.of("reopen") : Set.of();
        BooleanSupplier isOver =
            () ->
                session.interruption().isRequested()
                    || (time != null && System.nanoTime() - end > 0);
        ConcurrentCampaign campaign =
            new ConcurrentCampaign(
                engine,
                () -> engines.subject(engine, made.path(), Integer.MAX_VALUE),
                new ProgramGenerator(2, threads, without),
                bound,
                schedules,
                drawn,
                isOver);
        ConcurrentCampaign.Result result = campaign.run(seed, most(), output.path(), REDUCING);
        isFound |= result.finding().isPresent();
        isTooLittle |= report(engine, result, without);
      }
    }
    boolean isInterrupted = session.interruption().isRequested();
    String last = isFound ? "FOUND" : isTooLittle ? "too little: nothing found" : "nothing found";
    session.out().println(isInterrupted ? "interrupted; until then " + last : last);
    session.out().flush();
    if (isFound) {
      return ExitCode.FOUND;
    }
    if (isInterrupted) {
      return ExitCode.INTERRUPTED;
    }
    return isTooLittle ? ExitCode.INCONCLUSIVE : ExitCode.OK;
  }

  private void check() throws IOException {
    try {
      engines.check();
      output.check();
      if (threads < 2 || threads > 4) {
        throw new IllegalArgumentException("--threads must be 2 to 4: " + threads);
      }
      if (bound < 0 || schedules < 1 || drawn < 0 || (tries != null && tries < 1)) {
        throw new IllegalArgumentException(
            "--tries and --schedules must be at least 1, --bound and --drawn at least 0");
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private long most() {
    if (tries != null) {
      return tries;
    }
    return time == null ? 200 : Long.MAX_VALUE;
  }

  /** {@return whether too little was done} */
  private boolean report(String engine, ConcurrentCampaign.Result result, Set<String> without) {
    PrintWriter out = session.out();
    out.println(engine + ": " + result.text());
    result
        .finding()
        .ifPresent(
            file -> {
              out.print(result.report());
              out.println("FOUND, see " + file);
            });
    List<String> never = result.neverDone(without);
    never.forEach(kind -> out.println("too little: no program had " + kind));
    out.flush();
    return !never.isEmpty() && result.finding().isEmpty();
  }
}
