package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counters of a made-up {@code /proc} in which nothing alike is equal. */
final class DiskTrafficTest {
  @TempDir private Path proc;

  @Test
  void onlyWhatReachedTheDeviceCounts() throws IOException {
    write(3_000_000_017L, 5_000_000_023L);
    Optional<DiskTraffic> start = DiskTraffic.in(proc);
    assertThat(start).contains(new DiskTraffic(3_000_000_017L, 5_000_000_023L));
    write(3_000_000_117L, 5_000_001_023L);

    assertThat(DiskTraffic.since(start, proc, DiskTraffic::readBytes)).isEqualTo(100);
    assertThat(DiskTraffic.since(start, proc, DiskTraffic::writeBytes)).isEqualTo(1_000);
  }

  @Test
  void whatIsNotCountedIsUnknownAndNotNothing() throws IOException {
    assertThat(DiskTraffic.in(proc)).isEmpty();
    write(1, 2);
    Optional<DiskTraffic> start = DiskTraffic.in(proc);

    assertThat(DiskTraffic.since(Optional.empty(), proc, DiskTraffic::readBytes)).isNegative();
    Files.delete(proc.resolve("self/io"));
    assertThat(DiskTraffic.since(start, proc, DiskTraffic::readBytes)).isNegative();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "read_bytes: 1", "write_bytes: 1", "read_bytes: x\nwrite_bytes: 1"})
  void aFileWithoutTheCountersIsNone(String text) throws IOException {
    Files.createDirectories(proc.resolve("self"));
    Files.writeString(proc.resolve("self/io"), text);

    assertThat(DiskTraffic.in(proc)).isEmpty();
  }

  private void write(long read, long written) throws IOException {
    Files.createDirectories(proc.resolve("self"));
    Files.writeString(
        proc.resolve("self/io"),
        String.join(
            "\n",
            "rchar: 7",
            "wchar: 8",
            "syscr: 9",
            "syscw: 10",
            "read_bytes: " + read,
            "write_bytes: " + written,
            "cancelled_write_bytes: 11",
            ""));
  }
}
