package dev.grantstore.equivalence.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Folders in memory where there is such a place: nothing here is about disks. */
public final class FastFolder implements TempDirFactory {
  private static final Path PLACE =
      Stream.of("/dev/shm", System.getProperty("java.io.tmpdir"))
          .map(Path::of)
          .filter(Files::isWritable)
          .findFirst()
          .orElseThrow();

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    return create();
  }

  /** {@return a new folder} */
  public static Path create() throws IOException {
    return Files.createTempDirectory(PLACE, "equiv");
  }
}
