package dev.grantstore.equivalence.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A log of what happened on a disk, which a test writes instead of the recorder. */
final class WrittenLog {
  private static final String ROOT = "/root";
  private static final byte[] NONE = {};

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  /** Something done to names, or a sync. */
  void event(char type, int handle, String path, String newPath) throws IOException {
    event(type, handle, 0, 0, path(path), path(newPath), NONE);
  }

  /** A write to a file, perhaps synced by itself. */
  void write(int handle, long at, String data, boolean isSynced) throws IOException {
    event('W', handle, at, isSynced ? 1 : 0, NONE, NONE, data.getBytes(UTF_8));
  }

  /** A file that is opened to be written anew. */
  void cut(int handle, String path) throws IOException {
    event('O', handle, 2, 0, path(path), NONE, NONE);
  }

  /** A file's length is set. */
  void resize(int handle, long size) throws IOException {
    event('T', handle, 0, size, NONE, NONE, NONE);
  }

  /** A mark of the writer's. */
  void mark(String text) throws IOException {
    event('M', 0, 0, 0, NONE, NONE, text.getBytes(UTF_8));
  }

  /** {@return the disk of which this tells} */
  RecordedDisk disk(Path folder) throws IOException, CannotRecordException {
    Path file = Files.write(folder.resolve("log"), log.toByteArray());
    return RecordedDisk.read(file, Path.of(ROOT), path -> false);
  }

  private void event(
      char type, int handle, long at, long length, byte[] first, byte[] second, byte[] data)
      throws IOException {
    ByteBuffer head = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
    head.putInt(type).putInt(handle).putLong(at).putLong(length);
    head.putInt(first.length).putInt(second.length).putLong(data.length);
    log.write(head.array());
    log.write(first);
    log.write(second);
    log.write(data);
  }

  private static byte[] path(String path) {
    return path.isEmpty() ? NONE : (ROOT + path).getBytes(UTF_8);
  }
}
