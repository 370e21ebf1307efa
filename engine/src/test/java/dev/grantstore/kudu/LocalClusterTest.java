package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends servers when whoever started them ends, with a command in a server's place. */
@EnabledOnOs(OS.LINUX)
final class LocalClusterTest {
  /** A terminal sends these to the process and to all that it started, and a shell dies of them. */
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void whatASignalEndsTheGuardOfIsEnded(String signal) throws Exception {
    Process guard = guard();
    ProcessHandle server = server(guard);
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " \"$0\"", "" + guard.pid())
          .start()
          .waitFor();
      guard.getOutputStream().close();

      server.onExit().get(20, TimeUnit.SECONDS);
      assertThat(guard.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      server.destroyForcibly();
      guard.destroyForcibly();
    }
  }

  @Test
  void serverEndsWithThePipe() throws Exception {
    Process guard = guard();
    ProcessHandle server = server(guard);
    try {
      guard.getOutputStream().close();

      server.onExit().get(20, TimeUnit.SECONDS);
    } finally {
      server.destroyForcibly();
      guard.destroyForcibly();
    }
  }

  /** By itself, and by a signal. */
  @ParameterizedTest
  @CsvSource({"exit 7, 7", "kill -11 $$, 139"})
  void theGuardEndsAsItsServerDid(String script, int exitCode) throws Exception {
    Process guard =
        new ProcessBuilder("/bin/sh", "-c", LocalCluster.GUARD, "sh", "sh", "-c", script).start();
    try {
      try (BufferedReader said = guard.inputReader()) {
        ProcessHandle.of(Long.parseLong(said.readLine()))
            .ifPresent(server -> server.onExit().join());
      }
      guard.getOutputStream().close();

      assertThat(guard.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(guard.exitValue()).isEqualTo(exitCode);
    } finally {
      guard.destroyForcibly();
    }
  }

  @Test
  void aLogThatIsKeptOutlivesItsServersFolder(@TempDir Path folder) throws IOException {
    Path log = Files.createDirectories(folder.resolve("server-1"));
    Files.createDirectories(log.resolve("data"));
    Files.writeString(log.resolve("err"), "no more memory");
    Files.createSymbolicLink(log.resolve("latest"), log.resolve("err"));

    Path kept = new LocalCluster.Ended("server-1", 134, log).keepLog(folder);

    assertThat(kept.getFileName().toString()).startsWith("kudu-server-1-log-");
    try (Stream<Path> files = Files.list(kept)) {
      assertThat(files).containsExactly(kept.resolve("err"));
    }
    assertThat(kept.resolve("err")).hasContent("no more memory");
  }

  /** Its folder is gone by then. Takes the seconds that a master is asked for its servers. */
  @Test
  @Tag("kudu")
  void aStartThatFailsTellsWhatTheServersSaid(@TempDir Path home) throws IOException {
    // In the place of what would be unpacked.
    Matcher jar =
        Pattern.compile("(kudu-binary-[^/]+)\\.jar").matcher(System.getProperty("java.class.path"));
    assertThat(jar.find()).isTrue();
    Path bin = Files.createDirectories(home.resolve(jar.group(1)).resolve("bin"));
    for (String program : List.of("kudu-master", "kudu-tserver")) {
      Path script = bin.resolve(program);
      Files.writeString(script, "#!/bin/sh\necho no room for " + program + " >&2; exit 1\n");
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    assertThatThrownBy(() -> LocalCluster.start(home, 1))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("(?s)(master|server-0) has ended: exit code 1; .*")
        .hasMessageContaining("master: no room for kudu-master")
        .hasMessageContaining("server-0: no room for kudu-tserver");
    try (Stream<Path> left = Files.list(home)) {
      assertThat(left).containsExactly(bin.getParent());
    }
  }

  private static Process guard() throws IOException {
    return new ProcessBuilder("/bin/sh", "-c", LocalCluster.GUARD, "sh", "sleep", "600").start();
  }

  private static ProcessHandle server(Process guard) throws IOException {
    BufferedReader said = guard.inputReader();
    return ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
  }
}
