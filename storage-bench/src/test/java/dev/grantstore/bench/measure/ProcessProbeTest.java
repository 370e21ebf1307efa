package dev.grantstore.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each figure from a made-up /proc, in which no two that are alike have the same value. */
final class ProcessProbeTest {
  /** More than this process can have used itself. */
  private static final long MANY_TICKS = 1L << 36;

  @TempDir Path proc;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectory(proc.resolve("self"));
    write(
        "self/status",
        """
        Name:\tjava
        VmPeak:\t  90001 kB
        VmSize:\t  80001 kB
        VmLck:\t      17 kB
        VmHWM:\t    5001 kB
        VmRSS:\t    3001 kB
        RssAnon:\t    2001 kB
        Threads:\t7
        """);
    io(1);
    cpu(0, 0);
  }

  @Test
  void peakIsThatOfResidentMemory() throws IOException {
    ProcessProbe probe = ProcessProbe.start(proc);

    assertThat(probe.read().peakRssBytes()).isEqualTo(5_001L << 10);
    assertThat(probe.read().peakIsOfInterval()).isTrue();
    assertThat(Files.readString(proc.resolve("self/clear_refs"))).isEqualTo("5");
  }

  @Test
  void trafficIsWhatCameFromTheDeviceAndGoesThereInTheInterval() throws IOException {
    ProcessProbe probe = ProcessProbe.start(proc);
    io(3);

    assertThat(probe.read().diskReadBytes()).isEqualTo(2 * 50_000);
    assertThat(probe.read().diskWriteBytes()).isEqualTo(2 * 600_000);
  }

  @Test
  void coresOfOthersAreBusyInEachWayButIdleAndWaiting() throws IOException {
    for (int field = 1; field <= 10; field++) {
      cpu(0, 0);
      ProcessProbe probe = ProcessProbe.start(proc);
      cpu(field, MANY_TICKS);

      boolean isBusy = field != 4 && field != 5 && field <= 8;
      assertThat(probe.read().otherCpuCores() > 0).as("field %d", field).isEqualTo(isBusy);
    }
  }

  @Test
  void whatASystemDoesNotSayIsUnknown() {
    ProcessUse use = ProcessProbe.start(proc.resolve("nothing")).read();

    assertThat(use.diskReadBytes()).isEqualTo(-1);
    assertThat(use.diskWriteBytes()).isEqualTo(-1);
    assertThat(use.otherCpuCores()).isEqualTo(-1);
    assertThat(use.peakRssBytes()).isZero();
    assertThat(use.peakIsOfInterval()).isFalse();
  }

  private void io(long factor) throws IOException {
    write(
        "self/io",
        String.format(
            Locale.ROOT,
            """
            rchar: %d
            wchar: %d
            syscr: %d
            syscw: %d
            read_bytes: %d
            write_bytes: %d
            cancelled_write_bytes: %d
            """,
            factor,
            20 * factor,
            300 * factor,
            4_000 * factor,
            50_000 * factor,
            600_000 * factor,
            7_000_000 * factor));
  }

  /** Of a processor alone, too, which is not that of the machine. */
  private void cpu(int field, long ticks) throws IOException {
    StringBuilder stat = new StringBuilder("cpu ");
    for (int i = 1; i <= 10; i++) {
      stat.append(' ').append(i == field ? ticks : i);
    }
    write("stat", stat + "\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 99\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(proc.resolve(name), text);
  }
}
