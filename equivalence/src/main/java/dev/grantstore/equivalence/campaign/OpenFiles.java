package dev.grantstore.equivalence.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which files this process has open (oracle O11): once all stores are closed, none of theirs. */
public final class OpenFiles {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OpenFiles() {}

  /** {@return whether this system tells} */
  public static boolean isKnown() {
    return Files.isDirectory(DESCRIPTORS);
  }

  /**
   * {@return the paths that are open below a folder, removed ones too; empty where the system does
   * not tell}
   *
   * @param folder which
   */
  public static List<String> below(Path folder) {
    List<String> open = new ArrayList<>();
    if (!isKnown()) {
      return open;
    }
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      for (Path descriptor : descriptors.toList()) {
        String target = target(descriptor);
        if (target.startsWith(folder + "/")) {
          open.add(target);
        }
      }
    } catch (IOException e) {
      open.add("cannot be told: " + e.getMessage());
    }
    return open;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile: the one that the listing itself had open
    }
  }
}
