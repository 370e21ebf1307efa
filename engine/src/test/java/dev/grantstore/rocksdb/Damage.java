package dev.grantstore.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Damages the files of a closed store. */
final class Damage {
  /** Before the index, filter and footer of any file with more than a few rows. */
  private static final int IN_FIRST_BLOCK = 100;

  private static final int META_FILE_BYTES = 4_000;
  private static final int STEP = 400;

  private Damage() {}

  /** Flips a byte in the first data block of every table file that holds grants. */
  static void flipGrantBlocks(Path store) throws IOException {
    for (Path table : databaseFiles(store, ".sst")) {
      if (Files.size(table) > META_FILE_BYTES) {
        flip(table, IN_FIRST_BLOCK);
      }
    }
  }

  /** Flips bytes in every data block of every table file that holds grants. */
  static void flipAllGrantBlocks(Path store) throws IOException {
    for (Path table : databaseFiles(store, ".sst")) {
      for (long at = IN_FIRST_BLOCK; at < Files.size(table) - META_FILE_BYTES / 2; at += STEP) {
        flip(table, at);
      }
    }
  }

  static void flip(Path file, long position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) position] ^= 0x40;
    Files.write(file, bytes);
  }

  static void truncate(Path file, long sizeBytes) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, (int) sizeBytes));
  }

  /** RocksDB's files whose names contain a text, in order. */
  static List<Path> databaseFiles(Path store, String namePart) throws IOException {
    try (Stream<Path> files = Files.list(store.resolve("db"))) {
      return files.filter(f -> f.getFileName().toString().contains(namePart)).sorted().toList();
    }
  }
}
