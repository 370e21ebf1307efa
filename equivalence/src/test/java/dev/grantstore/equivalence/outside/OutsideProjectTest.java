package dev.grantstore.equivalence.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.grantstore.GrantStore;
import dev.grantstore.equivalence.testkit.GrantStoreContract;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds a project of somebody who has an engine, from an empty folder, by Maven and with the pom
 * of the README.
 *
 * <p>The user's repository gives what Maven itself needs, and keeps what it fetches, as in any
 * build. Our own modules do not go there: they stand in a repository of the test's own, in which
 * all else are links.
 */
@Tag("deep")
final class OutsideProjectTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern POM =
      Pattern.compile("```xml\n(<project.*?</project>\n)```", Pattern.DOTALL);
  private static final Pattern NOT_FETCHED =
      Pattern.compile("Could not (resolve|transfer|find artifact)|UnknownHost|offline mode");

  @TempDir Path folder;

  private Path project;
  private Path repository;

  @BeforeEach
  void makeProject() throws IOException, URISyntaxException {
    project = Files.createDirectory(folder.resolve("project"));
    repository = Files.createDirectory(folder.resolve("repository"));
    linkUsersRepository();
    addModule("grantstore-bom", ROOT.resolve("engine/bom/pom.xml"), Optional.empty());
    addModule("grantstore-parent", ROOT.resolve("pom.xml"), Optional.empty());
    addModule("grantstore-engine", ROOT.resolve("engine/pom.xml"), Optional.of(GrantStore.class));
    addModule(
        "grantstore-equivalence",
        ROOT.resolve("equivalence/pom.xml"),
        Optional.of(GrantStoreContract.class));
    writeEngine();
  }

  @Test
  void theReadmesPomRunsTheWholeContract() throws Exception {
    Files.writeString(project.resolve("pom.xml"), readmesPom());

    Outcome outcome = build();

    assertThat(outcome.status()).as(outcome.output()).isZero();
    assertThat(executedTests()).as(outcome.output()).isGreaterThan(200);
    assertThat(project.resolve("target/equiv/card-yours.md")).content().contains("yours");
  }

  @Test
  void mavensOwnPluginsFailInsteadOfRunningNothing() throws Exception {
    String pom = readmesPom();
    Files.writeString(
        project.resolve("pom.xml"),
        pom.substring(0, pom.indexOf("  <build>"))
                .replaceAll(
                    "<maven.compiler.release>17</maven.compiler.release>",
                    "<maven.compiler.source>17</maven.compiler.source>"
                        + "<maven.compiler.target>17</maven.compiler.target>")
            + "</project>\n");

    Outcome outcome = build();

    if (outcome.output().contains("maven-surefire-plugin:2.")
        && !outcome.output().contains("maven-surefire-plugin:2.22")) {
      assertThat(outcome.status()).as(outcome.output()).isNotZero();
      assertThat(outcome.output()).contains("THE CONTRACT WAS NOT RUN");
    } else {
      // A later Maven, whose own plugins know JUnit 5.
      assertThat(executedTests()).as(outcome.output()).isGreaterThan(200);
    }
  }

  private static String readmesPom() throws IOException {
    Matcher found = POM.matcher(Files.readString(ROOT.resolve("README.md")));
    assertThat(found.find()).as("README has a pom for a project with an engine").isTrue();
    return found.group(1);
  }

  /** The example engine under another name, and its contract. */
  private void writeEngine() throws IOException {
    for (String name : List.of("ExampleDatabase", "ExampleGrantStoreProvider")) {
      Path example = Path.of("src/test/java/dev/grantstore/example", name + ".java");
      write(
          "src/main/java/com/example/" + name + ".java",
          Files.readString(example)
              .replace("package dev.grantstore.example;", "package com.example;")
              .replace("return \"example\";", "return \"yours\";"));
    }
    write(
        "src/main/resources/META-INF/services/dev.grantstore.GrantStoreProvider",
        "com.example.ExampleGrantStoreProvider\n");
    write(
        "src/test/java/com/example/NoDatabaseComesAlongTest.java",
        """
        package com.example;

        import static org.junit.jupiter.api.Assertions.*;

        import dev.grantstore.*;
        import org.junit.jupiter.api.Test;

        final class NoDatabaseComesAlongTest {
          @Test
          void nameOneToHaveIt() {
            for (String engine : new String[] {"rocksdb", "sqlite", "lmdb", "mvstore"}) {
              GrantStoreException e =
                  assertThrows(
                      GrantStoreException.class,
                      () ->
                          GrantStores.open(
                              engine + ":target/none", StoreOptions.of(OpenMode.CREATE)));
              assertEquals(Reason.UNSUPPORTED, e.reason(), engine);
            }
          }
        }
        """);
    write(
        "src/test/java/com/example/YourGrantStoreContractTest.java",
        """
        package com.example;

        import dev.grantstore.*;
        import dev.grantstore.equivalence.testkit.*;
        import java.nio.file.Path;
        import java.util.*;

        final class YourGrantStoreContractTest extends GrantStoreContract {
          @Override
          protected GrantStore open(Path location, OpenMode mode, Durability durability) {
            return GrantStores.open(
                "yours:" + location, StoreOptions.of(mode).withDurability(durability));
          }

          @Override
          protected Set<Capability> claims() {
            return EnumSet.of(
                Capability.BULK_LOAD, Capability.LONG_IDS, Capability.RESUME_TOKENS, Capability.EXACT_EXPIRY);
          }

          @Override
          protected String scheme() {
            return "yours";
          }
        }
        """);
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Outcome build() throws IOException, InterruptedException {
    Optional<Path> maven =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(place -> Path.of(place, "mvn"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(maven.isPresent(), "NOT TESTED: no mvn on the path");
    Path log = folder.resolve("mvn.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                maven.orElseThrow().toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "-Dmaven.repo.local=" + repository,
                "-Dequiv.tries=1",
                "-Dequiv.depth=1",
                "test")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int status = builder.start().waitFor();
    String output = Files.readString(log);
    assumeFalse(
        NOT_FETCHED.matcher(output).find(), "NOT TESTED: Maven could not fetch what it needs");
    return new Outcome(status, output);
  }

  private record Outcome(int status, String output) {}

  private int executedTests() throws IOException {
    int tests = 0;
    try (Stream<Path> reports = Files.list(project.resolve("target/surefire-reports"))) {
      for (Path report : reports.filter(file -> file.toString().endsWith(".xml")).toList()) {
        String text = Files.readString(report);
        tests += count(text, "<testcase ") - count(text, "<skipped");
      }
    }
    return tests;
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  /** Everything in the user's repository, except what is ours. */
  private void linkUsersRepository() throws IOException {
    Path users =
        Path.of(
            System.getProperty(
                "localRepository", System.getProperty("user.home") + "/.m2/repository"));
    Path ours = Files.createDirectory(repository.resolve("dev"));
    for (Path group : children(users)) {
      if (!group.endsWith("dev")) {
        Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
      }
    }
    for (Path group : children(users.resolve("dev"))) {
      if (!group.endsWith("grantstore")) {
        Files.createSymbolicLink(ours.resolve(group.getFileName()), group);
      }
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.toList();
    }
  }

  /** Adds a module as {@code mvn install} would: its pom and, of a class, all that is beside it. */
  private void addModule(String artifact, Path pom, Optional<Class<?>> neighbour)
      throws IOException, URISyntaxException {
    Matcher version =
        Pattern.compile("<artifactId>grantstore-parent</artifactId>\\s*<version>([^<]+)")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    String number = version.group(1);
    Path place =
        Files.createDirectories(
            repository.resolve("dev/grantstore").resolve(artifact).resolve(number));
    Files.copy(pom, place.resolve(artifact + "-" + number + ".pom"));
    if (neighbour.isPresent()) {
      Path classes =
          Path.of(neighbour.get().getProtectionDomain().getCodeSource().getLocation().toURI());
      Path jar = place.resolve(artifact + "-" + number + ".jar");
      if (Files.isDirectory(classes)) {
        writeJar(classes, jar);
      } else {
        Files.copy(classes, jar);
      }
    }
  }

  private static void writeJar(Path classes, Path jar) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(classes)) {
      found.filter(Files::isRegularFile).forEach(files::add);
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Path file : files) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        entries.putNextEntry(new JarEntry(name));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
  }
}
