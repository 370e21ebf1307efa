package dev.grantstore.equivalence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launchers of all tools do before there is a JVM. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
  @TempDir private Path folder;

  @Test
  void classesThatAreNotThereAreTold() throws IOException, InterruptedException {
    Path jar = Files.createFile(folder.resolve("engine.jar"));

    assertThat(told("")).isEmpty();
    assertThat(told(jar + ":" + folder + ":" + folder + "/*:")).isEmpty();
    assertThat(told(jar + ":no such.jar:" + folder + "/none/*"))
        .isEqualTo(
            "GRANTSTORE_CLASSPATH names what does not exist: no such.jar\n"
                + "GRANTSTORE_CLASSPATH names what does not exist: "
                + folder
                + "/none/*\n");
  }

  private String told(String classPath) throws IOException, InterruptedException {
    ProcessBuilder bash =
        new ProcessBuilder(
            "bash", "-euc", "source ../.mvn/launcher.sh; grantstore_tell_missing_classes");
    bash.environment().put("GRANTSTORE_CLASSPATH", classPath);
    Process process = bash.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
