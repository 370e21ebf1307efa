package dev.grantstore.bench.cli;

import dev.grantstore.bench.compare.Builds;
import dev.grantstore.bench.experiment.EngineSpec;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Another build of this tool, whose forks take turns with this one's. */
final class OtherBuild {
  /** Of a checkout. */
  private static final Path JAR = Path.of("storage-bench", "target", "storage-bench.jar");

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description = {
        "A checkout of another state of this tool, built, or its jar: its forks and this build's take",
        "turns, as engines NAME@base and NAME. Then: storage-bench gate RESULT. Both read one store,",
        "which this build loaded: what is written otherwise shows in G1 and G2+writes alone"
      })
  private @Nullable Path against;

  /** {@return whether another build takes part} */
  boolean isGiven() {
    return against != null;
  }

  /**
   * {@return the engines, each after itself as the other build measures it}
   *
   * @throws IllegalArgumentException if there is no such build, or no JVM for it
   */
  List<EngineSpec> beside(List<EngineSpec> engines, int forks) {
    if (against == null) {
      return engines;
    }
    if (forks == 0) {
      throw new IllegalArgumentException("--against needs JVMs of its own: --forks 1 or more");
    }
    jar(against);
    return engines.stream().flatMap(engine -> Stream.of(engine.ofBase(), engine)).toList();
  }

  /** {@return the other build's jar, for each engine that it measures} */
  Map<String, String> jars(List<EngineSpec> engines) {
    if (against == null) {
      return Map.of();
    }
    String jar = jar(against).toString();
    return engines.stream()
        .map(EngineSpec::name)
        .filter(Builds::isBase)
        .collect(Collectors.toMap(name -> name, name -> jar));
  }

  /** {@return a jar and what the launcher puts behind its own: further engines} */
  static String classPath(String jar) {
    String added = System.getenv("GRANTSTORE_CLASSPATH");
    return added == null || added.isEmpty() ? jar : jar + File.pathSeparator + added;
  }

  private static Path jar(Path build) {
    Path jar = Files.isDirectory(build) ? build.resolve(JAR) : build;
    if (!Files.isRegularFile(jar)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "no build: %s; its storage-bench/bin/storage-bench --version makes one",
              jar));
    }
    return jar.toAbsolutePath().normalize();
  }
}
