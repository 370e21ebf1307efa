package dev.grantstore.bench.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NoiseTest {
  @TempDir private Path root;

  @Test
  void quietMachineHasNone() {
    assertThat(new Noise(root).of(machine("performance", "0.10 3.0 3.0", "none"))).isEmpty();
  }

  @Test
  void everySourceIsNamed() throws IOException {
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(root.resolve("proc/cpuinfo"), "flags\t\t: fpu hypervisor sse\n");
    Files.writeString(root.resolve("proc/stat"), "cpu  90 0 0 0 0 0 0 10 0 0\n");
    Files.writeString(root.resolve("proc/meminfo"), "SwapTotal: 4096 kB\nSwapFree:  2048 kB\n");

    assertThat(String.join("\n", new Noise(root).of(machine("powersave", "1.50 0 0", "1.50"))))
        .contains(
            "load 1.50",
            "governor powersave",
            "limit 1.50 cores",
            "virtual machine",
            "10.0 % of the time",
            "2 MiB are swapped out");
  }

  /** Guests of this machine are in its user time already; older kernels have fewer columns. */
  @ParameterizedTest
  @CsvSource({
    "cpu  90 0 0 0 0 0 0 10, 10.0",
    "cpu  90 0 0 0 0 0 0 10 90, 10.0",
    "cpu  70 20 0 0 0 0 0 10 70 20, 10.0",
    "cpu  1 2 3 4 5 6 7 28 1 2, 50.0",
    "cpu  90 0 0 0 0 0 10, ",
    "cpu  1000 0 0 0 0 0 0 5 0 0, ",
  })
  void stolenTimeIsAShareOfAllTime(String line, @Nullable String percent) throws IOException {
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(root.resolve("proc/stat"), line + "\ncpu0 0 0 0 0 0 0 0 99 0 0\n");

    List<String> lines = new Noise(root).of(machine("performance", "0.10 3.0 3.0", "none"));

    assertThat(lines)
        .isEqualTo(
            percent == null
                ? List.of()
                : List.of("other guests took " + percent + " % of the time since the start"));
  }

  private static Environment machine(String governor, String load, String cpuLimit) {
    return new Environment(
        "jvm", List.of(), List.of(), 1, "os", "kernel", "cpu", 4, 1, "none", cpuLimit, governor,
        load, "ext4");
  }
}
