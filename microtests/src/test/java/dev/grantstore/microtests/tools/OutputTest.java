package dev.grantstore.microtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that takes nothing: every command says so, and does not pass for done. */
final class OutputTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void makeInput() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "skipped, there is no /dev/full");
    Tools.run("fixture-gen", "create", "--out", folder.resolve("f").toString(), "--grants", "300");
    Files.writeString(folder.resolve("pass.replay"), "#! equiv-replay 1\nexpect pass\n");
    Tools.run(
        "storage-bench run --fixture $/f --forks 0 --bench G2 --duration 5ms --warmup 1ms --cache-dir $/c --output $/r.json"
            .replace("$", folder.toString())
            .split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixture-gen export f",
        "equiv replay pass.replay",
        "storage-bench show r.json --format csv",
      })
  void aFullDiskIsAFailureThatIsNamed(String line) throws IOException, InterruptedException {
    assertThat(end(Tools.start(folder, ">/dev/full", line.split(" ")))).as(said()).isEqualTo(1);
    assertThat(said()).contains("output could not be written");
  }

  @Tag("deep")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixture-gen --help",
        "fixture-gen create --out new --grants 10",
        "fixture-gen inspect f",
        "fixture-gen digest f",
        "equiv --version",
        "equiv reduce pass.replay",
        "equiv mutants get-all-dedups",
        "storage-bench run --help",
        "storage-bench list benchmarks",
        "storage-bench env",
        "storage-bench completion",
        "storage-bench show r.json",
        "storage-bench show r.json --format html",
        "storage-bench compare r.json r.json",
        "storage-bench run --fixture f --forks 0 --bench G2 --duration 5ms --warmup 1ms",
      })
  void aFullDiskIsAFailureThatIsNamedByEveryCommand(String line)
      throws IOException, InterruptedException {
    aFullDiskIsAFailureThatIsNamed(line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixture-gen export f", "storage-bench show r.json --format json"})
  void aReaderWhoHasHadEnoughIsNoticedQuietly(String line)
      throws IOException, InterruptedException {
    // The pipe's other end is closed before anything is written.
    Process run = Tools.start(folder, "| true", line.split(" "));
    assertThat(end(run)).isZero();
    assertThat(said()).doesNotContain("could not be written");
  }

  private static int end(Process run) throws InterruptedException {
    try {
      assertThat(run.waitFor(5, TimeUnit.MINUTES)).isTrue();
      return run.exitValue();
    } finally {
      run.destroyForcibly();
    }
  }

  private static String said() throws IOException {
    return Files.readString(folder.resolve("err.txt"));
  }
}
