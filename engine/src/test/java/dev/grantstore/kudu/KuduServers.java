package dev.grantstore.kudu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Servers for the tests of a class. Where they do not run, which is off Linux x86-64 alone, the
 * tests are skipped, with a line that says so; on Linux x86-64 that is a failure.
 */
final class KuduServers implements BeforeAllCallback, AfterAllCallback {
  static final Path HOME = Path.of("target", "kudu").toAbsolutePath();

  private final int count;
  private @Nullable LocalCluster cluster;
  private @Nullable Class<?> owner;

  KuduServers(int count) {
    this.count = count;
  }

  LocalCluster cluster() {
    LocalCluster started = cluster;
    if (started == null) {
      throw new IllegalStateException("servers were not started");
    }
    return started;
  }

  @Override
  @SuppressWarnings("SystemOut") // whoever runs the tests is to see it
  public void beforeAll(ExtensionContext context) throws IOException {
    if (cluster != null) {
      // of a class around this one
      return;
    }
    Optional<String> missing = LocalCluster.missing();
    if (missing.isPresent()) {
      System.out.println("SKIPPED kudu: " + missing.get());
      if (System.getProperty("os.name").equals("Linux")
          && System.getProperty("os.arch").equals("amd64")) {
        throw new AssertionError("Kudu's servers must run here: " + missing.get());
      }
      Assumptions.abort("SKIPPED kudu: " + missing.get());
    }
    cluster = LocalCluster.start(HOME, count);
    owner = context.getRequiredTestClass();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    LocalCluster started = cluster;
    if (started != null && context.getRequiredTestClass() == owner) {
      cluster = null;
      started.close();
    }
  }
}
