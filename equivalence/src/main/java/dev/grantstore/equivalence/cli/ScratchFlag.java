package dev.grantstore.equivalence.cli;

import dev.grantstore.folder.LockedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where stores are made. */
final class ScratchFlag {
  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Where stores are made and removed. Default: /dev/shm if 1 GiB is free there, else the"
              + " temporary folder")
  private @Nullable Path scratch;

  void check() {
    if (scratch != null && !Files.isDirectory(scratch)) {
      throw new IllegalArgumentException("scratch folder does not exist: " + scratch);
    }
  }

  /** {@return a new folder for stores, which goes when it is closed} */
  LockedFolder folder() throws IOException {
    return LockedFolder.temporary(scratch == null ? LockedFolder.fastPlace() : scratch, "equiv");
  }
}
