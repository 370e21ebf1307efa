package dev.grantstore.keyvalue;

import dev.grantstore.folder.LockedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes temporary folders in memory where there is room: the default here, set in {@code
 * junit-platform.properties}. What a killed process wrote is in them as on a disk; but these tests
 * open stores by the hundred, and a busy disk makes them wait for each.
 */
public final class MemoryDisk implements TempDirFactory {
  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
      throws IOException {
    return Files.createTempDirectory(LockedFolder.fastPlace(), "grantstore-");
  }
}
