package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An engine whose library was left out of the class path is missed by nobody but who opens it. */
final class MissingLibraryTest {
  private static final String NAMES = "META-INF/services/dev.grantstore.GrantStoreProvider";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"rocksdb, org/rocksdb", "sqlite, org/sqlite", "mvstore, org/h2"})
  void openingItSaysWhatIsMissingAndLeavesNothing(String engine, String library) throws Exception {
    Path store = folder.resolve("store");

    assertThat(openWithout(List.of(engine), engine + ":" + store))
        .startsWith("UNSUPPORTED ")
        .contains(engine)
        .contains(library);
    assertThat(Files.exists(store)).isFalse();
  }

  @Test
  void openingAClusterSaysWhichArtifactsAreMissing() throws Exception {
    assertThat(openWithout(List.of("kudu-client"), "kudu:localhost:7051/store"))
        .startsWith("UNSUPPORTED ")
        .contains("org.apache.kudu:kudu-client");
  }

  @Test
  void otherEnginesOpen() throws Exception {
    assertThat(openWithout(List.of("rocksdb", "sqlite", "mvstore"), "memory:")).isEqualTo("opened");
  }

  @Test
  void anEngineThatDoesNotLoadIsPassedOver() throws IOException {
    Path services = Files.createDirectories(folder.resolve(NAMES).getParent());
    Files.writeString(services.resolve("dev.grantstore.GrantStoreProvider"), "not.There\n");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader more = new URLClassLoader(new URL[] {url(folder)}, before)) {
      thread.setContextClassLoader(more);

      assertThat(GrantStores.providers()).containsKeys("memory", "rocksdb");
      assertThatThrownBy(() -> GrantStores.provider("there:"))
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining("known=[")
          .hasMessageContaining("not.There");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Opens a store where the jars with those names cannot be seen. */
  private static String openWithout(List<String> jars, String uri) throws Exception {
    URL[] seen =
        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))
            .map(Path::of)
            .filter(path -> jars.stream().noneMatch(jar -> isOf(path, jar)))
            .map(MissingLibraryTest::url)
            .toArray(URL[]::new);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(seen, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      Object opening =
          loader.loadClass(Opening.class.getName()).getDeclaredConstructor().newInstance();
      @SuppressWarnings("unchecked")
      Function<String, String> open = (Function<String, String>) opening;
      return open.apply(uri);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static boolean isOf(Path path, String jar) {
    String name = String.valueOf(path.getFileName());
    return name.endsWith(".jar") && name.contains(jar);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Made by another class loader, known to the test as what the JDK knows it as. */
  public static final class Opening implements Function<String, String> {
    /** For the other class loader. */
    public Opening() {}

    @Override
    public String apply(String uri) {
      try {
        GrantStores.open(uri, StoreOptions.of(OpenMode.CREATE)).close();
        return "opened";
      } catch (GrantStoreException e) {
        return e.reason() + " " + e.getMessage();
      }
    }
  }
}
