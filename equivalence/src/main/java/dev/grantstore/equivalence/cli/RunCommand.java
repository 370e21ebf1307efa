package dev.grantstore.equivalence.cli;

import dev.grantstore.equivalence.campaign.Campaign;
import dev.grantstore.equivalence.campaign.CampaignResult;
import dev.grantstore.equivalence.campaign.CampaignResult.Finding;
import dev.grantstore.equivalence.campaign.FindingFile;
import dev.grantstore.equivalence.campaign.Minimums;
import dev.grantstore.equivalence.campaign.OpenFiles;
import dev.grantstore.equivalence.campaign.Plan;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.relation.Relations;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.run.Budget;
import dev.grantstore.equivalence.run.DivergenceReport;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.SettingsAxes;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.tool.Durations;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Session;
import dev.grantstore.tool.Tool;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code equiv run}. */
@Command(
    name = "run",
    description = {
      "Run generated workloads on engines and on the reference.",
      "",
      "Coverage (oracle O12): how often the workloads did what makes them worth running, such as",
      "lists with rows, overwrites, reopenings. Less than the least is not called equal."
    },
    sortOptions = false,
    exitCodeList = {
      "  0:all answers were equal",
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      Equiv.HELP_FOUND,
      Equiv.HELP_TOO_LITTLE,
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  equiv run",
      "  equiv run --engine rocksdb,sqlite --tries 6000 --threads 2",
      "  equiv run --for 8h --seed 1000000 --findings 20 --output found",
      "  equiv run --set rocksdb.block_size=64 --set durability=BULK",
    })
final class RunCommand implements Callable<Integer> {
  private static final long TRIES = 1_000;
  private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(10_000);

  private final Session session;

  @Spec private CommandSpec spec;

  @Mixin private EngineFlags engines;

  @Option(
      names = "--tries",
      paramLabel = "N",
      description = "Workloads to run. Default: 1000, or as many as the time allows with --for")
  private @Nullable Long tries;

  @Option(names = "--for", paramLabel = "TIME", description = "Run for so long: 30s, 10m, 8h.")
  private @Nullable String time;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The first workload's seed; the next has the next. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--ops",
      paramLabel = "N",
      defaultValue = "200",
      description = "Operations of the longest workload. Default: ${DEFAULT-VALUE}")
  private int ops;

  @Option(names = "--full-length", description = "Every workload has that many operations.")
  private boolean fullLength;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Workloads to run at once, on stores of their own. Default: ${DEFAULT-VALUE}")
  private int threads;

  @Option(
      names = "--runs-per-store",
      paramLabel = "N",
      defaultValue = "25",
      description = "Workloads that a store serves before it is removed. Default: ${DEFAULT-VALUE}")
  private int runsPerStore;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = {
        "A setting for all stores, such as durability=BULK or rocksdb.block_size=64.",
        "Without it settings are drawn anew for every 25 workloads."
      })
  private Map<String, String> settings = new TreeMap<>();

  @Option(
      names = "--findings",
      paramLabel = "N",
      defaultValue = "1",
      description = "End after so many findings that differ. Default: ${DEFAULT-VALUE}")
  private int findings;

  @Option(
      names = "--relations",
      description =
          "Also hold each engine against itself: with each workload one of its variations.")
  private boolean relations;

  @Mixin private OutputFlag output;

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Plan plan;
    try {
      engines.check();
      engines.check(Settings.of(settings));
      plan = plan();
      output.check();
      if (runsPerStore < 1) {
        throw new IllegalArgumentException("--runs-per-store must be at least 1: " + runsPerStore);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = session.out();
    LockedFolder made = engines.folder();
    Path folder = made.path();
    CampaignResult result;
    List<String> leaked;
    try {
      tryOut(folder);
      session
          .console()
          .phase("trying", plan.mostTries() == Long.MAX_VALUE ? -1 : plan.mostTries(), "tries");
      result = Campaign.run(plan, worker -> engines.subjects(folder, runsPerStore), this::progress);
      leaked = OpenFiles.below(folder);
      out.print(summary(plan, result));
      for (Finding finding : result.findings()) {
        report(out, finding, folder);
      }
    } finally {
      made.close();
    }
    return verdict(out, plan, result, leaked);
  }

  /** Opens each engine once: settings that it refuses are told before anything is done. */
  private void tryOut(Path folder) {
    for (Subject subject : engines.subjects(folder, 1)) {
      try (subject) {
        subject.finish(subject.open(Settings.of(settings)));
      }
    }
  }

  private Plan plan() {
    WorkloadGenerator generator =
        fullLength ? WorkloadGenerator.exactly(ops) : WorkloadGenerator.upTo(ops);
    if (!ShortIds.areTakenOnlyBy(engines.engines()).isEmpty()) {
      generator = generator.withShortIds();
    }
    if (!engines.notInFolders().isEmpty()) {
      generator = generator.without(List.of("crash", "checkpoint"));
    }
    if (!settings.isEmpty()) {
      generator = generator.withSettings(SettingsAxes.only(Settings.of(settings)));
    }
    Duration longest = time == null ? AS_LONG_AS_IT_TAKES : Durations.parse(time);
    long most = tries != null ? tries : time == null ? TRIES : Long.MAX_VALUE;
    return new Plan(
        generator,
        seed,
        most,
        longest,
        threads,
        findings,
        relations ? Relations.OF_ONE_ENGINE : List.of());
  }

  private String summary(Plan plan, CampaignResult result) {
    double minutes = Math.max(1, result.elapsed().toMillis()) / 60_000.0;
    return String.format(
            Locale.ROOT,
            "%,d tries of %,d operations in %s, %,.0f tries and %,.0f operations a minute,\n",
            result.tries(),
            result.ops(),
            Durations.text(result.elapsed()),
            result.tries() / minutes,
            result.ops() / minutes)
        + String.format(
            Locale.ROOT,
            "%s against memory, seeds %d to %d; what %s did:\n",
            String.join(" ", engines.engines()),
            plan.firstSeed(),
            plan.firstSeed() + Math.max(0, result.tries() - 1),
            engines.engines().get(0))
        + CoverageText.of(result.coverage());
  }

  private void report(PrintWriter out, Finding finding, Path folder) {
    String signature = finding.divergence().signature();
    String name =
        String.format(
            Locale.ROOT,
            "%s-%d-%s.replay",
            finding.divergence().subject(),
            finding.workload().seed(),
            signature.replace('/', '-'));
    try (EngineComparison comparison =
        EngineComparison.of(signature, engines.subjects(folder, 1))) {
      Path file = Files.createDirectories(output.path()).resolve(name);
      FindingFile.Written written =
          FindingFile.write(
              finding, untilStopped(comparison), file, Budget.DEFAULT, Clock.systemUTC());
      out.print(written.report());
      out.println("who answered alike: " + finding.vote());
      out.println("replay file: " + written.path());
      out.print(written.file().text());
    } catch (IOException | RuntimeException e) {
      // Whatever goes wrong now, what was found is not lost.
      out.print(DivergenceReport.text(finding.workload(), finding.divergence()));
      out.println("not reduced: " + Tool.message(e));
      out.print(unreduced(finding.workload(), signature));
    }
  }

  /** Reducing takes minutes; what is found is on disk before. */
  private Function<Workload, Optional<Divergence>> untilStopped(EngineComparison comparison) {
    return workload -> {
      if (session.interruption().isRequested()) {
        throw new IllegalStateException("interrupted");
      }
      return comparison.apply(workload);
    };
  }

  private static String unreduced(Workload workload, String signature) {
    return new ReplayFile(List.of("not reduced"), workload, Optional.of(signature)).text();
  }

  private boolean progress(long tries, int found, Duration elapsed) {
    session.console().rows(tries);
    return !session.interruption().isRequested();
  }

  private int verdict(PrintWriter out, Plan plan, CampaignResult result, List<String> leaked) {
    leaked.forEach(path -> out.println("O11 left open: " + path));
    result
        .stuckSeed()
        .ifPresent(
            stuck -> {
              out.println(String.format(Locale.ROOT, "O11 workload does not end: seed=%d", stuck));
              out.print(unreduced(plan.generator().generate(stuck), "O11/workload/endless"));
            });
    result.failure().ifPresent(failure -> out.println("not finished: " + Tool.message(failure)));
    if (!result.findings().isEmpty() || !leaked.isEmpty() || result.stuckSeed().isPresent()) {
      out.println("FOUND");
      return ExitCode.FOUND;
    }
    if (result.failure().isPresent()) {
      return ExitCode.FAILURE;
    }
    if (session.interruption().isRequested()) {
      out.println(
          String.format(Locale.ROOT, "interrupted: no difference in %,d tries", result.tries()));
      return ExitCode.INTERRUPTED;
    }
    if (isVacuous(out, result)) {
      out.println(
          String.format(
              Locale.ROOT, "too little covered: no difference in %,d tries", result.tries()));
      return ExitCode.INCONCLUSIVE;
    }
    out.println("equal");
    return ExitCode.OK;
  }

  /** {@return whether too little was done for the answer to be worth anything} */
  private boolean isVacuous(PrintWriter out, CampaignResult result) {
    if (engines.areForgetful()) {
      out.println(
          "coverage (O12) not judged: reopening, crash, read-only opening; nothing is kept");
    }
    List<String> shortIds = ShortIds.areTakenOnlyBy(engines.engines());
    if (!shortIds.isEmpty()) {
      out.println(
          "coverage (O12) not judged: long ids; not taken by " + String.join(" ", shortIds));
    }
    if (!engines.notInFolders().isEmpty()) {
      out.println(
          "coverage (O12) not judged: crash, checkpoint; no folder is copied of "
              + String.join(" ", engines.notInFolders()));
    }
    if (result.tries() < Minimums.LEAST_TRIES) {
      out.println("coverage (O12) not judged: fewer tries than " + Minimums.LEAST_TRIES);
      return true;
    }
    Set<Fact> few = Minimums.notJudged(result.tries());
    if (!few.isEmpty()) {
      out.println("coverage (O12) not judged of so few tries: " + few);
    }
    Map<Fact, Long> least =
        engines.areForgetful() ? Minimums.ofForgetful(result.tries()) : Minimums.of(result.tries());
    if (!engines.notInFolders().isEmpty()) {
      least.remove(Fact.CRASH);
      least.remove(Fact.CHECKPOINT);
    }
    List<String> shortfalls = result.coverage().shortfalls(least);
    shortfalls.forEach(out::println);
    return !shortfalls.isEmpty();
  }
}
