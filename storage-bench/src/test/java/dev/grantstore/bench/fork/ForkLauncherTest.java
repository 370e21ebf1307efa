package dev.grantstore.bench.fork;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForkLauncherTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-agentlib:jdwp=transport=dt_socket",
        "-agentpath:/opt/profiler.so=start",
        "-javaagent:agent.jar",
        "-XX:StartFlightRecording",
        "-XX:StartFlightRecording:filename=a.jfr",
        "-XX:StartFlightRecording=filename=a.jfr"
      })
  void agentsAndRecordingsAreOfOneProcess(String flag) {
    assertThat(ForkLauncher.isForForks(flag)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx2g", "-XX:+UseSerialGC", "-ea", "-Dname=-javaagent:"})
  void otherFlagsAreForForks(String flag) {
    assertThat(ForkLauncher.isForForks(flag)).isTrue();
  }
}
