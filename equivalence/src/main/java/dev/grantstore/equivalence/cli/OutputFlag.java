package dev.grantstore.equivalence.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where findings go. */
final class OutputFlag {
  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "equiv-findings",
      description = "Where findings go. Default: ${DEFAULT-VALUE}")
  private Path output;

  /** Before anything is done: findings of a long night must have a place to go. */
  void check() throws IOException {
    Path existing = output.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw new IllegalArgumentException("findings cannot be written: --output " + output);
    }
    if (!Files.isWritable(existing)) {
      throw new IOException("findings cannot be written, not writable: " + existing);
    }
  }

  /** {@return the folder; need not be there yet} */
  Path path() {
    return output;
  }
}
