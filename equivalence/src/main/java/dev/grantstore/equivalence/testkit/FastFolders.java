package dev.grantstore.equivalence.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Folders in memory where there is such a place: thousands of stores are not about disks. */
final class FastFolders implements TempDirFactory {
  /** Where else to make them. */
  private static final String PLACE = "equiv.folders";

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    Path place =
        Stream.of(
                extension.getConfigurationParameter(PLACE).orElse("/dev/shm"),
                System.getProperty("java.io.tmpdir"))
            .map(Path::of)
            .filter(Files::isWritable)
            .findFirst()
            .orElseThrow();
    return Files.createTempDirectory(place, "equiv");
  }
}
