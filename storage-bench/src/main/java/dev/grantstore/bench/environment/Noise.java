package dev.grantstore.bench.environment;

import dev.grantstore.bench.result.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What on this machine may make figures differ from one run to the next. */
public final class Noise {
  /** Load per core over which others are said to be at work. */
  private static final double LOAD_LIMIT = 0.2;

  /** Time taken by other guests of the host, over which it is said, in percent. */
  private static final double STEAL_LIMIT = 0.5;

  /** Where in the first line of {@code /proc/stat} stolen time stands. */
  private static final int STEAL_FIELD = 8;

  private final SystemFiles files;

  /**
   * Creates a reader.
   *
   * @param root where {@code proc} and {@code sys} are found; {@code /} but for tests
   */
  public Noise(Path root) {
    this.files = new SystemFiles(root);
  }

  /**
   * {@return a line for each source of noise; empty where none is known}
   *
   * @param machine as of now
   */
  public List<String> of(Environment machine) {
    List<String> lines = new ArrayList<>();
    load(machine, lines);
    if (!machine.governor().equals("none") && !machine.governor().equals("performance")) {
      lines.add(
          String.format(
              Locale.ROOT,
              "the processor's frequency follows the load: governor %s; performance keeps it",
              machine.governor()));
    }
    if (!machine.cgroupCpuLimit().equals("none")) {
      lines.add(
          String.format(
              Locale.ROOT,
              "the process is stopped when it has used its share: limit %s cores",
              machine.cgroupCpuLimit()));
    }
    if (machine.cores() < 2) {
      lines.add("one core only: collector, compiler and engine threads take time from the asking");
    }
    virtual(lines);
    steal(lines);
    swap(lines);
    return lines;
  }

  private static void load(Environment machine, List<String> lines) {
    Optional<Double> load = number(machine.loadAverage().split(" ", 2)[0]);
    if (load.isPresent() && load.get() > LOAD_LIMIT * machine.cores()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "others are at work: load %.2f in the last minute on %d cores",
              load.get(),
              machine.cores()));
    }
  }

  private void virtual(List<String> lines) {
    boolean guest =
        files.field("proc/cpuinfo", "flags").stream()
            .anyMatch(flags -> List.of(flags.split(" ")).contains("hypervisor"));
    if (guest) {
      lines.add("a virtual machine: what its neighbours do is not seen here");
    }
  }

  private void steal(List<String> lines) {
    Optional<String[]> cpu =
        files
            .text("proc/stat")
            .flatMap(text -> text.lines().findFirst())
            .map(line -> line.strip().split("\\s+"))
            .filter(fields -> fields.length > STEAL_FIELD);
    if (cpu.isEmpty()) {
      return;
    }
    double all = 0;
    for (int i = 1; i <= STEAL_FIELD; i++) {
      all += number(cpu.get()[i]).orElse(0.0);
    }
    double percent = all == 0 ? 0 : 100 * number(cpu.get()[STEAL_FIELD]).orElse(0.0) / all;
    if (percent > STEAL_LIMIT) {
      lines.add(
          String.format(
              Locale.ROOT, "other guests took %.1f %% of the time since the start", percent));
    }
  }

  private void swap(List<String> lines) {
    Optional<Double> total = kibibytes("SwapTotal");
    Optional<Double> free = kibibytes("SwapFree");
    if (total.isPresent() && free.isPresent() && free.get() < total.get()) {
      lines.add(
          String.format(
              Locale.ROOT, "%.0f MiB are swapped out", (total.get() - free.get()) / 1024));
    }
  }

  private Optional<Double> kibibytes(String name) {
    return files.field("proc/meminfo", name).flatMap(text -> number(text.split(" ", 2)[0]));
  }

  private static Optional<Double> number(String text) {
    return text.matches("[0-9]+(\\.[0-9]+)?")
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }
}
