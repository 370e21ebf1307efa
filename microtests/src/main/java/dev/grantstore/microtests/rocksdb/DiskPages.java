package dev.grantstore.microtests.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The system's pages of files. Linux only. */
final class DiskPages {
  private static final Path COUNTERS = Path.of("/proc/self/io");
  private static final String READ = "read_bytes: ";

  private DiskPages() {}

  /** Drops the pages of a file that is on disk already. */
  static void drop(Path file) throws IOException {
    Process process =
        new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(
            String.format(Locale.ROOT, "pages were not dropped: file=%s: %s", file, said));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while dropping pages", e);
    }
  }

  /** How many bytes this process has had read from disk. */
  static long bytesRead() throws IOException {
    for (String line : Files.readAllLines(COUNTERS)) {
      if (line.startsWith(READ)) {
        return Long.parseLong(line.substring(READ.length()));
      }
    }
    throw new IOException("no count of bytes read: " + COUNTERS);
  }
}
