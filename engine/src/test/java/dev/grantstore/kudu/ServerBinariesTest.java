package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Servers that somebody names, with an empty file in a server's place. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class ServerBinariesTest {
  @TempDir private Path folder;

  @Test
  void jarIsUnpackedOnceAndItsProgramsCanBeRun() throws IOException {
    Path jar = jar("kudu-1/bin/kudu-master");
    Path home = folder.resolve("home");

    Path servers = ServerBinaries.of(jar, home);

    assertThat(servers).isEqualTo(home.resolve("kudu-1"));
    assertThat(servers.resolve("bin/kudu-master")).isExecutable();
    assertThat(ServerBinaries.of(jar, home)).isEqualTo(servers);
    assertThat(ServerBinaries.of(servers, home)).isEqualTo(servers);
    assertThat(ServerBinaries.of(home, home)).isEqualTo(servers);
  }

  @Test
  void whatHasNoServersIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no jar");
    Path other = jar("kudu-1/bin/other");
    Path none = folder.resolve("none");

    for (Path given : new Path[] {text, other, none, folder.resolve("")}) {
      assertThatThrownBy(() -> ServerBinaries.of(given, folder.resolve("home")))
          .as("%s", given)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(given.toString());
    }
  }

  private Path jar(String entry) throws IOException {
    Path jar = Files.createTempFile(folder, "servers", ".jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry(entry));
      out.closeEntry();
    }
    return jar;
  }
}
