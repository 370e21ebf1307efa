package dev.grantstore.bench.experiment;

import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.ForkResult;
import java.util.Locale;

/**
 * What must not change while a run goes on. It can change when an interrupted run is resumed: on
 * another machine, with another Java, with a newer engine.
 *
 * @param engine its version
 * @param jvm name, version and vendor
 * @param maxHeapBytes the most heap it may take
 * @param kernel its release
 * @param cpu the processor's name
 * @param cores how many
 */
record Conditions(
    String engine, String jvm, long maxHeapBytes, String kernel, String cpu, int cores) {
  /** {@return those of a fork} */
  static Conditions of(ForkResult fork) {
    Environment machine = fork.environment();
    return new Conditions(
        fork.engine().version(),
        machine.jvm(),
        machine.maxHeapBytes(),
        machine.kernel(),
        machine.cpu(),
        machine.cores());
  }

  /** {@return all of it, in a line} */
  String words() {
    return String.format(
        Locale.ROOT,
        "engine %s, Java %s, heap %d bytes, kernel %s, %d cores of %s",
        engine,
        jvm,
        maxHeapBytes,
        kernel,
        cores,
        cpu);
  }
}
