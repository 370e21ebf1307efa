package dev.grantstore.bench.cli;

import dev.grantstore.Durability;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.compare.Builds;
import dev.grantstore.bench.experiment.EngineSpec;
import dev.grantstore.bench.experiment.Experiment;
import dev.grantstore.bench.experiment.ExperimentPlan;
import dev.grantstore.bench.experiment.FixtureCache;
import dev.grantstore.bench.experiment.RunDraft;
import dev.grantstore.bench.experiment.RunFolder;
import dev.grantstore.bench.fork.ForkAsker;
import dev.grantstore.bench.fork.ForkLauncher;
import dev.grantstore.bench.fork.ForkRequest.AskedCell;
import dev.grantstore.bench.fork.ForkWork;
import dev.grantstore.bench.report.HtmlReport;
import dev.grantstore.bench.result.ResultFormatException;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.run.FolderScratch;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.fixture.spec.Quantity;
import dev.grantstore.folder.WholeFile;
import dev.grantstore.tool.Durations;
import dev.grantstore.tool.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
      "  storage-bench run --fixture DIR --against ../base --output both.json",
      "  storage-bench run --fixture DIR --budget 10m --dry-run",
      "  storage-bench run --fixture DIR --forks 0  # one JVM, a quick look",
      "",
      "An engine's own settings follow a question mark, with & between two of them.",
    })
final class RunCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** What opening, comparing and preparing may take beside measuring. */
  private static final Duration LEAST_TIMEOUT = Duration.ofMinutes(2);

  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

  /** Half a millisecond for each grant, for loads and whole scans on slow engines. */
  private static final long NANOS_PER_GRANT = 500_000;

  private final Session session;

  @Spec private CommandSpec spec;

  @Option(
      names = "--fixture",
      paramLabel = "DIR",
      description = "Folder that fixture-gen made. Other engines get a copy of its grants.")
  private @Nullable Path fixture;

  @Option(
      names = "--grants",
      paramLabel = "N",
      description = "Or a synthetic fixture of the reference shape, made once: 100k, 1m, 10m.")
  private @Nullable String grants;

  @Option(
      names = "--engine",
      split = ",",
      paramLabel = "NAME",
      description = {
        "Engines, see 'storage-bench list'; null is the harness alone. Default: the fixture's own,",
        "or rocksdb"
      })
  private @Nullable List<String> engines;

  @Mixin private OtherBuild otherBuild;

  @Mixin private CellFlags cells;

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "7",
      description = {
        "JVMs for each cell of each engine, in rounds; 0 measures in one JVM, for a quick look.",
        "With 5, 'compare' and 'gate' can claim something of at most 6 figures at once (of 3"
            + " within",
        "one run), and the usual benchmarks have 7; with 7 of 85 (of 42). Default: ${DEFAULT-VALUE}"
      })
  private int forks;

  @Option(
      names = "--cache",
      paramLabel = "SIZE",
      defaultValue = "256MiB",
      description = "Memory for each store's cached blocks. Default: ${DEFAULT-VALUE}")
  private String cache;

  private long cacheBytes;

  @Option(
      names = "--durability",
      paramLabel = "NAME",
      defaultValue = "wal",
      description = "Of stores that are written: ${COMPLETION-CANDIDATES}. Default: wal")
  private Durability durability;

  @Option(
      names = "--cell-timeout",
      paramLabel = "TIME",
      description = "After how long a fork is ended. Default: by duration and number of grants")
  private @Nullable String cellTimeout;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "Where stores are made to be written into. Default: the temporary folder")
  private @Nullable Path scratch;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Where fixtures and runs are kept. Default: grantstore in the cache folder")
  private @Nullable Path cacheFolder;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = {
        "Fit the run into about so long: fewer rounds first, down to 5, then shorter warm-ups and",
        "durations, down to 1s; what could not be judged then is refused"
      })
  private @Nullable String budget;

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

  @Option(
      names = "--inject-delay",
      split = ",",
      paramLabel = "ENGINE=PERCENT",
      hidden = true,
      description = "Prolong each operation of an engine on purpose, to show that it is noticed.")
  private @Nullable Map<String, Double> delays;

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Prepared prepared;
    try {
      checkFile("--output", output);
      checkFile("--html", html);
      if (dryRun) {
        session.out().print(draft().words());
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

  private record Prepared(
      ExperimentPlan plan, FixtureCache fixtures, RunFolder folder, RunFolder.Reports reports) {}

  private Prepared begin() throws IOException {
    RunDraft draft = draft();
    session.say(draft.estimate());
    ExperimentPlan plan = plan(draft);
    RunFolder.Reports reports = reports(RunFolder.Reports.NONE);
    FixtureCache fixtures = fixtures(Path.of(plan.scratchFolder()));
    return new Prepared(plan, fixtures, newFolder(plan, reports), reports);
  }

  private Prepared goOn(RunFolder folder) throws IOException {
    ExperimentPlan plan = folder.plan();
    RunDraft draft =
        RunDraft.of(
            cached(Path.of(plan.scratchFolder())),
            plan.engines(),
            plan.cells(),
            plan.forks(),
            Fixtures.open(Path.of(plan.fixture())));
    session.say("with what is answered already " + draft.estimate());
    FixtureCache fixtures = fixtures(Path.of(plan.scratchFolder()));
    return new Prepared(plan, fixtures, folder, reports(folder.reports()));
  }

  private ParameterException refused(Exception e) {
    return new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
  }

  /** What is named now comes before what was named at first. */
  private RunFolder.Reports reports(RunFolder.Reports first) {
    return new RunFolder.Reports(
        output == null ? first.output() : absolute(output).toString(),
        html == null ? first.html() : absolute(html).toString());
  }

  private int measure(Prepared prepared) throws IOException {
    ExperimentPlan plan = prepared.plan();
    RunFolder folder = prepared.folder();
    RunFolder.Reports reports = prepared.reports();
    session.say("run folder " + folder.path());
    session.keeps("go on with storage-bench run --resume " + folder.path());
    Experiment experiment =
        new Experiment(
            plan,
            prepared.fixtures(),
            engine -> asker(plan, folder, engine),
            session.clock(),
            session.halt(),
            session.progress());
    RunResult result = experiment.run(folder::keep);
    if (result.interrupted()) {
      // Forks were ended with their stores open.
      Session.tidy(Path.of(plan.scratchFolder()));
    }
    int code = exitCode(result, folder);
    if (code != ExitCode.WRONG) {
      if (reports.output() != null) {
        ResultJson.save(result, Path.of(reports.output()));
      }
      writePage(result, folder.page());
      if (reports.html() != null) {
        writePage(result, Path.of(reports.html()));
      }
      session.out().print(format.report().render(result, session.style()));
      session.say("page " + (reports.html() == null ? folder.page() : reports.html()));
    }
    return code;
  }

  private static void writePage(RunResult result, Path file) throws IOException {
    WholeFile.write(file, HtmlReport.render(result));
  }

  private ForkAsker asker(ExperimentPlan plan, RunFolder folder, EngineSpec engine) {
    if (plan.forks() == 0) {
      return (name, request) ->
          Optional.of(
              ForkWork.answer(request, session.clock(), session.halt(), session.progress()));
    }
    String jar = plan.builds().get(engine.name());
    return jar == null
        ? new ForkLauncher(folder.forks(), plan.cellTimeout(), session.halt())
        : new ForkLauncher(
            folder.forks(), plan.cellTimeout(), session.halt(), OtherBuild.classPath(jar));
  }

  private int exitCode(RunResult result, RunFolder folder) {
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
      session.say(String.format(Locale.ROOT, "storage-bench run: %s: %s", what, failure.reason()));
    }
    if (wrong) {
      session.say("storage-bench run: wrong answers; what was measured is in " + folder.path());
      return ExitCode.WRONG;
    }
    return failed ? ExitCode.FAILURE : ExitCode.OK;
  }

  private RunDraft draft() throws IOException {
    if (resume != null) {
      throw new IllegalArgumentException("--dry-run does not go with --resume");
    }
    if ((fixture == null) == (grants == null)) {
      throw new IllegalArgumentException("say what to measure on: --fixture DIR, or --grants N");
    }
    Path written = scratch == null ? Path.of(System.getProperty("java.io.tmpdir")) : scratch;
    if (!Files.isDirectory(written)) {
      throw new IllegalArgumentException("scratch folder does not exist: " + written);
    }
    session.tidies(written);
    List<AskedCell> asked = cells.cells();
    if (forks == 0 && asked.stream().anyMatch(cell -> cell.settings().isCold())) {
      throw new IllegalArgumentException("cold cells need a new process each: --forks 1 or more");
    }
    if (forks == 0 && cellTimeout != null) {
      throw new IllegalArgumentException(
          "--cell-timeout ends forks, and --forks 0 has none: --forks 1 or more");
    }
    cacheBytes = Quantity.parseBytes(cache);
    List<EngineSpec> specs = otherBuild.beside(EngineSpec.parse(engines()), forks);
    tryOut(specs, written, Quantity.parseBytes(cache));
    RunDraft draft =
        fixture == null
            ? RunDraft.synthetic(cached(written), specs, asked, forks, reference())
            : RunDraft.of(cached(written), specs, asked, forks, Fixtures.open(fixture));
    return budget == null ? draft : draft.within(Durations.parse(budget));
  }

  private ExperimentPlan plan(RunDraft draft) throws IOException {
    Instant startedAt = session.clock().instant();
    Path written = scratch == null ? Path.of(System.getProperty("java.io.tmpdir")) : scratch;
    Path measured =
        fixture == null ? fixtures(written).synthetic(reference(), draft.first()) : fixture;
    return new ExperimentPlan(
        Session.toolVersion(),
        tag,
        session.arguments(),
        startedAt,
        draft.engines(),
        absolute(measured).toString(),
        draft.cells(),
        draft.forks(),
        cacheBytes,
        durability,
        absolute(written).toString(),
        timeout(measured),
        delays == null ? Map.of() : delays,
        otherBuild.jars(draft.engines()));
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** What an engine refuses is told before anything is done; what it lacks is a failure later. */
  private void tryOut(List<EngineSpec> specs, Path written, long cacheBytes) {
    for (EngineSpec engine : specs) {
      if (engine.hasFiles()) {
        GrantStores.provider(engine.scheme() + ":");
      }
      if (!engine.options().isEmpty()) {
        FolderScratch.tryOut(
            engine.scheme(),
            written,
            new StoreOptions(OpenMode.CREATE, durability, cacheBytes, engine.options()));
      }
    }
  }

  private List<String> engines() throws IOException {
    if (engines != null) {
      return engines;
    }
    return List.of(
        fixture == null ? "rocksdb" : Fixtures.open(fixture).manifest().engine().scheme());
  }

  private FixtureSpec reference() {
    long count = Quantity.parseCount(String.valueOf(grants));
    return FixtureSpec.reference(
        count,
        (int) Math.max(1, Math.min(100_000, count / 1_000)),
        (int) Math.max(1, Math.min(10_000_000, count / 20)),
        1);
  }

  private Duration timeout(Path measured) throws IOException {
    if (cellTimeout != null) {
      Duration given = Durations.parse(cellTimeout);
      if (given.compareTo(LONGEST_TIMEOUT) > 0) {
        throw new IllegalArgumentException("--cell-timeout is at most 365 days: " + cellTimeout);
      }
      return given;
    }
    long rows = Fixtures.open(measured).manifest().grants();
    return LEAST_TIMEOUT
        .plus(cells.longest().multipliedBy(otherBuild.isGiven() ? 4 : 2))
        .plus(Duration.ofNanos(NANOS_PER_GRANT).multipliedBy(rows));
  }

  private FixtureCache fixtures(Path written) {
    return new FixtureCache(kept().resolve("fixtures"), written, session.progress());
  }

  /** Only to be looked into. */
  private FixtureCache cached(Path written) {
    Path looked = cacheFolder == null ? session.nameOfCacheFolder() : cacheFolder;
    return new FixtureCache(
        looked.toAbsolutePath().normalize().resolve("fixtures"), written, session.progress());
  }

  private Path kept() {
    return (cacheFolder == null ? session.cacheFolder() : cacheFolder).toAbsolutePath().normalize();
  }

  private RunFolder newFolder(ExperimentPlan plan, RunFolder.Reports reports) throws IOException {
    String name =
        String.format(
            Locale.ROOT, "%s-%d", STAMP.format(plan.startedAt()), ProcessHandle.current().pid());
    return RunFolder.create(kept().resolve("runs").resolve(name), plan, reports);
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
