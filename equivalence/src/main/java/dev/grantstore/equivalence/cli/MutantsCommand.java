package dev.grantstore.equivalence.cli;

import dev.grantstore.Excerpt;
import dev.grantstore.Suggestion;
import dev.grantstore.equivalence.planted.MutantResult;
import dev.grantstore.equivalence.planted.MutantTrial;
import dev.grantstore.equivalence.planted.PlantedBug;
import dev.grantstore.equivalence.planted.PlantedBugs;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.tool.ExitCode;
import dev.grantstore.tool.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code equiv mutants}. */
@Command(
    name = "mutants",
    description = "Plant known bugs, and show how fast each is found and how small it gets.",
    sortOptions = false,
    exitCodeList = {
      "  0:every planted bug was found",
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      "  5:a planted bug was not found in so many tries",
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  equiv mutants",
      "  equiv mutants --list",
      "  equiv mutants --seed 5000 stale-index-row-on-overwrite",
    })
final class MutantsCommand implements Callable<Integer> {
  private static final String LINE = "%-36s %-8s %6s %8s %4s  %s\n";

  private final Session session;

  @Spec private CommandSpec spec;

  @Mixin private ScratchFlag scratch;

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "6000",
      description = "Workloads tried for each at most. Default: ${DEFAULT-VALUE}")
  private int tries;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The first workload's seed. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--once",
      description = "Bugs that strike one key, list or sync of several, in each place in turn.")
  private boolean once;

  @Option(names = "--list", description = "Print the bugs' names, and plant none.")
  private boolean list;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Which bugs, see --list. Default: all")
  private List<String> names = List.of();

  MutantsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    List<PlantedBug> bugs;
    try {
      scratch.check();
      bugs = bugs();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = session.out();
    if (list) {
      bugs.forEach(bug -> out.println(bug.name()));
      return ExitCode.OK;
    }
    out.printf(Locale.ROOT, LINE, "bug", "engine", "tries", "seconds", "ops", "found by");
    LockedFolder made = scratch.folder();
    Path folder = made.path();
    List<MutantResult> results = new ArrayList<>();
    try {
      for (PlantedBug bug : bugs) {
        if (!session.interruption().isRequested()) {
          MutantResult result =
              MutantTrial.run(
                  bug, tries, seed, folder, Clock.systemUTC(), session.interruption()::isRequested);
          results.add(result);
          print(out, result);
        }
      }
    } catch (CancellationException e) {
      // The last line says so.
      session.console().clear();
    } finally {
      made.close();
    }
    boolean isFound = summary(out, results);
    if (session.interruption().isRequested()) {
      out.println(
          String.format(
              Locale.ROOT, "interrupted: %d of %d bugs were tried", results.size(), bugs.size()));
      return ExitCode.INTERRUPTED;
    }
    return isFound ? ExitCode.OK : ExitCode.INCONCLUSIVE;
  }

  private List<PlantedBug> bugs() {
    if (tries < 1) {
      throw new IllegalArgumentException("--tries must be at least 1: " + tries);
    }
    if (names.isEmpty()) {
      return once ? PlantedBugs.STRIKING_ONCE : PlantedBugs.ALL;
    }
    List<PlantedBug> bugs = new ArrayList<>();
    for (String name : names) {
      bugs.add(
          PlantedBugs.named(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          String.format(
                              Locale.ROOT,
                              "no planted bug of that name: %s%s",
                              Excerpt.of(name),
                              Suggestion.of(
                                  name,
                                  PlantedBugs.ALL.stream().map(PlantedBug::name).toList())))));
    }
    return bugs;
  }

  private static void print(PrintWriter out, MutantResult result) {
    String seconds = String.format(Locale.ROOT, "%.1f", result.searched().toMillis() / 1_000.0);
    String ops = result.finding().map(f -> "" + f.reduction().workload().ops().size()).orElse("-");
    String found = result.finding().map(f -> f.divergence().signature()).orElse("NOT FOUND");
    out.printf(
        Locale.ROOT,
        LINE,
        result.bug().name(),
        result.bug().engine(),
        result.tries(),
        seconds,
        ops,
        found);
    out.flush();
  }

  /** {@return whether all were found} */
  private static boolean summary(PrintWriter out, List<MutantResult> results) {
    List<Integer> tries =
        results.stream()
            .filter(result -> result.finding().isPresent())
            .map(MutantResult::tries)
            .sorted()
            .toList();
    int most =
        results.stream()
            .flatMap(result -> result.finding().stream())
            .mapToInt(finding -> finding.reduction().workload().ops().size())
            .max()
            .orElse(0);
    out.println(
        String.format(
            Locale.ROOT,
            "%d of %d found, tries: median %s, most %s; most operations left: %d",
            tries.size(),
            results.size(),
            tries.isEmpty() ? "-" : tries.get(tries.size() / 2),
            tries.isEmpty() ? "-" : tries.get(tries.size() - 1),
            most));
    kinds(results).forEach(out::println);
    out.flush();
    return tries.size() == results.size();
  }

  /**
   * {@return a line for each kind of bug: how many of it were found; a bug once counts as itself}
   */
  private static List<String> kinds(List<MutantResult> results) {
    List<String> lines = new ArrayList<>();
    PlantedBugs.BY_KIND.forEach(
        (kind, bugs) -> {
          List<MutantResult> ofKind =
              results.stream()
                  .filter(r -> bugs.stream().anyMatch(bug -> isOf(bug, r.bug().name())))
                  .toList();
          long found = ofKind.stream().filter(r -> r.finding().isPresent()).count();
          if (!ofKind.isEmpty()) {
            lines.add(String.format(Locale.ROOT, "  %-9s %d of %d", kind, found, ofKind.size()));
          }
        });
    return lines;
  }

  private static boolean isOf(PlantedBug bug, String name) {
    return name.equals(bug.name()) || name.startsWith(bug.name() + "-once-");
  }
}
