package dev.grantstore.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.grantstore.bench.environment.EnvironmentReader;
import dev.grantstore.bench.environment.Noise;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.fixture.json.PrettyJson;
import dev.grantstore.fixture.spec.Quantity;
import dev.grantstore.tool.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code storage-bench env}. */
@Command(
    name = "env",
    description = "Describe this machine as results do, and what makes figures scatter on it.",
    sortOptions = false,
    exitCodeList = {ExitCode.HELP_OK, ExitCode.HELP_FAILURE, ExitCode.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  storage-bench env",
      "  storage-bench env --scratch /mnt/disk --format json",
    })
final class EnvironmentCommand implements Callable<Integer> {
  /** The forms it has. */
  enum Form {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is printed as JSON.
   *
   * @param environment as results have it
   * @param noise a line for each source
   */
  record Description(Environment environment, List<String> noise) {}

  private final Session session;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "Whose file system is named. Default: the temporary folder")
  private Path scratch = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Form format;

  EnvironmentCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Path root = Path.of("/");
    Environment machine = new EnvironmentReader(root).read(scratch);
    Description description = new Description(machine, new Noise(root).of(machine));
    PrintWriter out = session.out();
    out.print(
        switch (format) {
          case TEXT -> text(description);
          case JSON -> json(description);
        });
    return ExitCode.OK;
  }

  private static String json(Description description) throws JsonProcessingException {
    return PrettyJson.mapper().build().writeValueAsString(description) + "\n";
  }

  private static String text(Description description) {
    Environment machine = description.environment();
    StringBuilder out = new StringBuilder();
    line(
        out,
        "processor",
        String.format(Locale.ROOT, "%s, %d cores", machine.cpu(), machine.cores()));
    line(out, "memory", Quantity.formatBytes(machine.memoryBytes()));
    line(
        out,
        "limits",
        String.format(
            Locale.ROOT,
            "memory %s, cores %s",
            machine.cgroupMemoryLimit(),
            machine.cgroupCpuLimit()));
    line(out, "governor", machine.governor());
    line(out, "load", machine.loadAverage());
    line(out, "system", machine.operatingSystem());
    line(out, "kernel", machine.kernel());
    line(out, "files", machine.fileSystem());
    line(out, "java", machine.jvm());
    line(out, "heap", "up to " + Quantity.formatBytes(machine.maxHeapBytes()));
    line(out, "collector", String.join(" + ", machine.collectors()));
    String flags = machine.jvmFlags().isEmpty() ? "none" : String.join(" ", machine.jvmFlags());
    line(out, "flags", flags);
    List<String> noise = description.noise();
    line(out, "noise", noise.isEmpty() ? "no source found" : noise.get(0));
    noise.stream().skip(1).forEach(next -> line(out, "", next));
    return out.toString();
  }

  private static void line(StringBuilder out, String name, String text) {
    out.append(String.format(Locale.ROOT, "%-10s %s", name, text).stripTrailing()).append('\n');
  }
}
