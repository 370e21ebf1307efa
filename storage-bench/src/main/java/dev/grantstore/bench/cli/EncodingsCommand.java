package dev.grantstore.bench.cli;

import dev.grantstore.bench.report.EncodingReport;
import dev.grantstore.bench.result.EncodingResult;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.run.EncodingPlan;
import dev.grantstore.bench.run.EncodingRun;
import dev.grantstore.fixture.spec.Quantity;
import dev.grantstore.tool.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code storage-bench encodings}. */
@Command(
    name = "encodings",
    description = {
      "Compare ways to write a grant as a row's value, on the grants of a fixture.",
      "Times are estimates; 'microbench RecordEncodingBenchmark' measures them properly."
    },
    customSynopsis = "storage-bench encodings FIXTURE [OPTION...]",
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
      "  storage-bench encodings DIR",
      "  storage-bench encodings DIR --sample 1m --format json --scratch /mnt/disk",
    })
final class EncodingsCommand implements Callable<Integer> {
  private final Session session;

  /** What {@code --format} takes: the forms that a comparison of encodings has. */
  private enum Form {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FIXTURE",
      description = "Folder that fixture-gen made; its largest sync is read.")
  private Path fixture;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "100k",
      description = "Grants to measure at most, held in memory. Default: ${DEFAULT-VALUE}")
  private String sample;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "Where databases are made and removed. Default: the temporary folder")
  private @Nullable Path scratch;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "On standard output: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Form format;

  EncodingsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    EncodingPlan plan;
    try {
      plan = plan();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    EncodingResult result = new EncodingRun(plan, session.clock(), session.progress()).run();
    PrintWriter out = session.out();
    out.print(
        switch (format) {
          case TEXT -> EncodingReport.render(result);
          case JSON -> ResultJson.encode(result);
        });
    return ExitCode.OK;
  }

  private EncodingPlan plan() {
    Path folder = scratch == null ? Path.of(System.getProperty("java.io.tmpdir")) : scratch;
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("scratch folder does not exist: " + folder);
    }
    return new EncodingPlan(
        fixture,
        Math.toIntExact(Quantity.parseCount(sample)),
        folder,
        Session.toolVersion(),
        session.arguments());
  }
}
