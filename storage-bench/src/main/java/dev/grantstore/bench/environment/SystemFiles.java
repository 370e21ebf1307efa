package dev.grantstore.bench.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what Linux says of itself below {@code /proc} and {@code /sys}, or below another root. */
final class SystemFiles {
  private final Path root;

  SystemFiles(Path root) {
    this.root = root;
  }

  /** {@return the text of a file without blanks around it, or empty if it cannot be read} */
  Optional<String> text(String path) {
    try {
      return Optional.of(Files.readString(root.resolve(path)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** {@return what stands after the first colon of the line that starts with a name} */
  Optional<String> field(String path, String name) {
    return text(path)
        .flatMap(text -> text.lines().filter(line -> line.startsWith(name)).findFirst())
        .map(line -> line.substring(line.indexOf(':') + 1).strip());
  }
}
