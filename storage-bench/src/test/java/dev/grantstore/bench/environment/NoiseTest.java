package dev.grantstore.bench.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private static Environment machine(String governor, String load, String cpuLimit) {
    return new Environment(
        "jvm", List.of(), List.of(), 1, "os", "kernel", "cpu", 4, 1, "none", cpuLimit, governor,
        load, "ext4");
  }
}
