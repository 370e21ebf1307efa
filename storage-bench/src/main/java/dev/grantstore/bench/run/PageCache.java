package dev.grantstore.bench.run;

import dev.grantstore.Utf8;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The system's copy of files in memory. */
public final class PageCache {
  private PageCache() {}

  /**
   * Drops every file below a folder, so that the next reader finds it on the device. Done by {@code
   * dd iflag=nocache count=0}, which asks posix_fadvise(2) for it and needs no privilege; pages
   * that a process has mapped and touched stay.
   *
   * @param folder whose files have been written, by whomever
   * @throws IOException if that cannot be done here
   */
  public static void drop(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      write(file);
      drop(file.toString());
    }
  }

  /** What has not reached the device yet cannot be dropped: a fixture that was just made. */
  private static void write(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void drop(String file) throws IOException {
    try {
      Process process =
          new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0", "status=none")
              .redirectErrorStream(true)
              .start();
      String said = Utf8.decode(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IOException(
            String.format(Locale.ROOT, "pages cannot be dropped: file=%s: %s", file, said.strip()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while dropping pages: " + file, e);
    }
  }
}
