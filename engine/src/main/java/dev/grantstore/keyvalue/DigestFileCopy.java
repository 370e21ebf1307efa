package dev.grantstore.keyvalue;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Copies a {@link DigestFile} that is whole, as another store's. Stateless. */
final class DigestFileCopy {
  private static final int COPIED_BYTES = 1 << 16;

  private DigestFileCopy() {}

  /** Copies one; not forced to disk. */
  static void run(Path from, Path to, UUID store) throws IOException {
    // Not channels: an interrupted thread could not use them.
    try (DataInputStream in =
            new DataInputStream(new BufferedInputStream(new FileInputStream(from.toFile())));
        CheckedOutputStream summed =
            new CheckedOutputStream(
                new BufferedOutputStream(new FileOutputStream(to.toFile())), new CRC32C());
        DataOutputStream out = new DataOutputStream(summed)) {
      int head = DigestFile.MAGIC.length + 1;
      out.write(in.readNBytes(head));
      in.skipNBytes(2 * Long.BYTES);
      out.writeLong(store.getMostSignificantBits());
      out.writeLong(store.getLeastSignificantBits());
      long left = Files.size(from) - head - 2 * Long.BYTES - Integer.BYTES;
      while (left > 0) {
        byte[] some = in.readNBytes((int) Math.min(left, COPIED_BYTES));
        if (some.length == 0) {
          throw new IOException("file became shorter: " + from);
        }
        out.write(some);
        left -= some.length;
      }
      out.writeInt((int) summed.getChecksum().getValue());
    }
  }
}
