package dev.grantstore.equivalence.run;

import dev.grantstore.folder.LockedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Folders in memory where there is room, the default here: nothing is about disks. */
public final class FastFolder implements TempDirFactory {
  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    return create();
  }

  /** {@return a new folder} */
  public static Path create() throws IOException {
    return Files.createTempDirectory(LockedFolder.fastPlace(), "grantstore-equiv");
  }
}
