package dev.grantstore.bench.cli;

import dev.grantstore.bench.compare.Builds;
import dev.grantstore.bench.experiment.EngineSpec;
import dev.grantstore.bench.experiment.Experiment;
import dev.grantstore.bench.experiment.FixtureCache;
import dev.grantstore.bench.experiment.RunDraft;
import dev.grantstore.bench.experiment.RunDraft.NeededFixtures;
import dev.grantstore.bench.experiment.RunFolder;
import dev.grantstore.bench.experiment.RunPlan;
import dev.grantstore.bench.fork.ForkLauncher;
import dev.grantstore.bench.report.HtmlReport;
import dev.grantstore.bench.report.JsonReport;
import dev.grantstore.bench.result.ResultFormatException;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.run.CellRunner;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.folder.WholeFile;
import dev.grantstore.tool.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code storage-bench run}. */
@Command(
    name = "run",
    description = "Measure engines on the same grants; every answer is checked.",
    customSynopsis = {
      "storage-bench run --fixture DIR [OPTION...]",
      "storage-bench run --grants N --engine NAME,... [OPTION...]",
      "storage-bench run --resume DIR"
    },
    sortOptions = false,
    exitCodeList = {
      ExitCode.HELP_OK,
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      ExitCode.HELP_WRONG,
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  storage-bench run --engine rocksdb,sqlite,mvstore,lmdb --grants 1m \\",
      "      --html page.html",
      "  storage-bench run --fixture DIR --bench G2,G4 \\",
      "      --engine 'rocksdb,rocksdb?block_size=4096'",
      "  storage-bench run --fixture DIR --bench G2,Check --duration 30s --threads 1,2",
      "  storage-bench run --fixture DIR --bench G2 --rate 20000 --distribution zipf",
      "  storage-bench run --fixture DIR --bench G2 --temperature warm,cold --forks 10",
      "  storage-bench run --fixture DIR --bench G6 --temperature warm,cold",
      "  storage-bench run --fixture DIR --bench G7,G8,G9 --engine rocksdb,lmdb",
      "  storage-bench run --fixture DIR --against ../base --output both.json",
      "  storage-bench run --fixture DIR --budget 10m --dry-run",
      "  storage-bench run --fixture DIR --forks 0  # one JVM, a quick look",
      "",
      "An engine's own settings follow a question mark, with & between two of them.",
    })
final class RunCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Session session;

  @Spec private CommandSpec spec;

  @Mixin private final RunFlags flags;

  @Option(
      names = "--dry-run",
      description = "Print what would be measured, and how long it takes; make nothing.")
  private boolean dryRun;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Complete an interrupted run; its folder was printed. Other flags are its own.")
  private @Nullable Path resume;

  @Option(names = "--tag", paramLabel = "TEXT", defaultValue = "", description = "Name the run.")
  private String tag;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "On standard output: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private OutputFormat format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the result there as JSON, too; replaced when it is there.")
  private @Nullable Path output;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the page there, too; replaced when it is there.")
  private @Nullable Path html;

  RunCommand(Session session) {
    this.session = session;
    this.flags = new RunFlags(session);
  }

  @Override
  public Integer call() throws IOException {
    Prepared prepared;
    try {
      checkFile("--output", output);
      checkFile("--html", html);
      if (dryRun && resume != null) {
        throw new IllegalArgumentException("--dry-run does not go with --resume");
      }
      if (dryRun) {
        session.out().print(flags.draft().words());
        return ExitCode.OK;
      }
      prepared = resume == null ? begin() : goOn(new RunFolder(resume));
    } catch (IllegalArgumentException | ResultFormatException e) {
      throw refused(e);
    }
    try {
      return measure(prepared);
    } catch (ResultFormatException e) {
      throw refused(e);
    }
  }

  private ParameterException refused(Exception e) {
    return new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
  }

  private record Prepared(
      RunPlan plan, FixtureCache fixtures, RunFolder folder, RunFolder.Reports reports) {}

  private Prepared begin() throws IOException {
    RunDraft draft = flags.draft();
    session.say(draft.estimate());
    RunPlan plan = flags.plan(draft, tag);
    RunFolder.Reports reports = reports(RunFolder.Reports.NONE);
    String name =
        String.format(
            Locale.ROOT, "%s-%d", STAMP.format(plan.startedAt()), ProcessHandle.current().pid());
    FixtureCache fixtures = flags.fixtures(Path.of(plan.scratchFolder()));
    Path path = flags.kept().resolve("runs").resolve(name);
    return new Prepared(plan, fixtures, RunFolder.create(path, plan, reports), reports);
  }

  private Prepared goOn(RunFolder folder) throws IOException {
    RunPlan plan = folder.plan();
    NeededFixtures needed =
        NeededFixtures.of(
            flags.cached(Path.of(plan.scratchFolder())),
            plan.engines(),
            Fixtures.open(Path.of(plan.fixture())));
    RunDraft draft = new RunDraft(plan.engines(), plan.cells(), plan.forks(), needed);
    session.say("with what is answered already " + draft.estimate());
    FixtureCache fixtures = flags.fixtures(Path.of(plan.scratchFolder()));
    return new Prepared(plan, fixtures, folder, reports(folder.reports()));
  }

  /** What is named now comes before what was named at first. */
  private RunFolder.Reports reports(RunFolder.Reports first) {
    return new RunFolder.Reports(
        output == null ? first.output() : RunFlags.absolute(output).toString(),
        html == null ? first.html() : RunFlags.absolute(html).toString());
  }

  private int measure(Prepared prepared) throws IOException {
    RunPlan plan = prepared.plan();
    RunFolder folder = prepared.folder();
    RunFolder.Reports reports = prepared.reports();
    session.say("run folder " + folder.path());
    session.keeps("go on with storage-bench run --resume " + folder.path());
    Experiment experiment =
        new Experiment(
            plan,
            prepared.fixtures(),
            engine -> runner(plan, folder, engine),
            session.clock(),
            session.halt(),
            session.progress());
    RunResult result = experiment.run(folder.result());
    if (result.interrupted()) {
      // Forks were ended with their stores open.
      Session.tidy(Path.of(plan.scratchFolder()));
    }
    int code = exitCode(session, "run", result, folder.path());
    if (code != ExitCode.WRONG) {
      session.out().print(format.report().render(result, session.style()));
      try {
        write(result, folder, reports);
      } catch (IOException e) {
        session.say("what was measured is in " + folder.result());
        throw e;
      }
      session.say("page " + (reports.html() == null ? folder.page() : reports.html()));
    }
    return code;
  }

  private static void write(RunResult result, RunFolder folder, RunFolder.Reports reports)
      throws IOException {
    String page = HtmlReport.render(result);
    WholeFile.write(folder.page(), page);
    if (reports.output() != null) {
      WholeFile.write(Path.of(reports.output()), JsonReport.render(result));
    }
    if (reports.html() != null) {
      WholeFile.write(Path.of(reports.html()), page);
    }
  }

  private CellRunner runner(RunPlan plan, RunFolder folder, EngineSpec engine) {
    if (plan.forks() == 0) {
      return CellRunner.here(session.clock(), session.halt(), session.progress());
    }
    String jar = plan.builds().get(engine.name());
    return new ForkLauncher(
        folder.forks(),
        plan.cellTimeout(),
        session.halt(),
        jar == null ? ForkLauncher.thisBuild() : OtherBuild.classPath(jar));
  }

  /** {@return what a command ends with that made a result, of which it says what failed} */
  static int exitCode(Session session, String command, RunResult result, Path kept) {
    if (result.interrupted()) {
      return ExitCode.INTERRUPTED;
    }
    boolean wrong = false;
    boolean failed = false;
    for (CellFailure failure : result.failures()) {
      // What the other build cannot is no fault of this one; the gate counts it as not measured.
      boolean isOurs = !Builds.isBase(failure.engine());
      failed |= isOurs;
      wrong |= isOurs && failure.kind() == CellFailure.Kind.WRONG_ANSWER;
      String what = (failure.engine() + " " + failure.question()).strip();
      session.say(
          String.format(Locale.ROOT, "storage-bench %s: %s: %s", command, what, failure.reason()));
    }
    if (wrong) {
      session.say(
          String.format(
              Locale.ROOT,
              "storage-bench %s: wrong answers; what was measured is in %s",
              command,
              kept));
      return ExitCode.WRONG;
    }
    return failed ? ExitCode.FAILURE : ExitCode.OK;
  }

  static void checkFile(String flag, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file) || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "not a file in an existing folder: %s %s", flag, file));
    }
  }
}
