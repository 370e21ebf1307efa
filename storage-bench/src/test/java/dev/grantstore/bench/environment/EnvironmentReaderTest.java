package dev.grantstore.bench.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentReaderTest {
  @TempDir private Path root;

  @Test
  void readsWhatLinuxSaysOfItself() throws IOException {
    write("proc/version", "Linux version 6.1.0\n");
    write("proc/cpuinfo", "processor\t: 0\nmodel name\t: Some CPU\n");
    write("proc/meminfo", "MemTotal:       2048 kB\nMemFree: 1 kB\n");
    write("proc/loadavg", "0.10 0.20 0.30 1/100 42\n");
    write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");

    Environment found = new EnvironmentReader(root).read(root);

    assertThat(found.kernel()).isEqualTo("Linux version 6.1.0");
    assertThat(found.cpu()).isEqualTo("Some CPU");
    assertThat(found.memoryBytes()).isEqualTo(2 << 20);
    assertThat(found.loadAverage()).isEqualTo("0.10 0.20 0.30");
    assertThat(found.governor()).isEqualTo("powersave");
    assertThat(found.jvm()).contains(System.getProperty("java.vm.version"));
  }

  @Test
  void saysUnknownOrNoneWhereNothingCanBeRead() {
    Environment found = new EnvironmentReader(root).read(root.resolve("not/there/yet"));

    assertThat(found.kernel()).isEqualTo("unknown");
    assertThat(found.cpu()).isEqualTo("unknown");
    assertThat(found.memoryBytes()).isZero();
    assertThat(found.governor()).isEqualTo("none");
    assertThat(found.cgroupMemoryLimit()).isEqualTo("none");
    assertThat(found.cgroupCpuLimit()).isEqualTo("none");
    assertThat(found.fileSystem()).isNotEqualTo("unknown");
  }

  @Test
  void readsLimitsOfControlGroupsVersion2() throws IOException {
    write("proc/self/cgroup", "0::/box\n");
    write("sys/fs/cgroup/box/memory.max", "1073741824\n");
    write("sys/fs/cgroup/box/cpu.max", "150000 100000\n");

    Environment found = new EnvironmentReader(root).read(root);

    assertThat(found.cgroupMemoryLimit()).isEqualTo("1073741824");
    assertThat(found.cgroupCpuLimit()).isEqualTo("1.50");
  }

  @Test
  void readsLimitsOfControlGroupsVersion1() throws IOException {
    write("proc/self/cgroup", "4:memory:/box\n1:cpu:/box\n");
    write("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "536870912\n");
    write("sys/fs/cgroup/cpu/box/cpu.cfs_quota_us", "50000\n");
    write("sys/fs/cgroup/cpu/box/cpu.cfs_period_us", "100000\n");

    Environment found = new EnvironmentReader(root).read(root);

    assertThat(found.cgroupMemoryLimit()).isEqualTo("536870912");
    assertThat(found.cgroupCpuLimit()).isEqualTo("0.50");
  }

  @Test
  void unlimitedGroupsHaveNoLimit() throws IOException {
    write("sys/fs/cgroup/memory.max", "max\n");
    write("sys/fs/cgroup/cpu.max", "max 100000\n");

    Environment found = new EnvironmentReader(root).read(root);

    assertThat(found.cgroupMemoryLimit()).isEqualTo("none");
    assertThat(found.cgroupCpuLimit()).isEqualTo("none");
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(file, text);
  }
}
