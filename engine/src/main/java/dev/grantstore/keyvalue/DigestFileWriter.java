package dev.grantstore.keyvalue;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.GrantCursor;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.SyncRow;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes a {@link DigestFile}, while it reads all rows of a sync. Of use once, by one thread. */
final class DigestFileWriter {
  private static final List<IdField> ENTITLEMENT =
      List.of(IdField.ENTITLEMENT_TYPE, IdField.ENTITLEMENT_RESOURCE, IdField.ENTITLEMENT_ID);

  private static final int CHECK_ROWS = 1 << 10;

  private final CheckedOutputStream summed;
  private final DataOutputStream out;
  private final Runnable timeCheck;
  private DigestAccumulator group = new DigestAccumulator();
  private ContentDigest sum = ContentDigest.EMPTY;
  private long entries;

  /** The three ids of the entitlement, each with its length before it, as an entry has them. */
  private byte[] ids = new byte[256];

  private int idsLength;

  /**
   * Prepares it.
   *
   * @param to where it goes; stays the caller's
   * @param timeCheck throws once no more is to be done
   */
  DigestFileWriter(OutputStream to, Runnable timeCheck) {
    summed = new CheckedOutputStream(new BufferedOutputStream(to), new CRC32C());
    out = new DataOutputStream(summed);
    this.timeCheck = timeCheck;
  }

  /**
   * Writes all of it.
   *
   * @param rows all rows of the sync, entitlement after entitlement
   * @return what they add up to; unless that is what the sync has, the file is good for nothing
   */
  ContentDigest write(UUID store, SyncRow row, GrantCursor rows) throws IOException {
    out.write(DigestFile.MAGIC);
    out.writeByte(DigestFile.VERSION);
    out.writeLong(store.getMostSignificantBits());
    out.writeLong(store.getLeastSignificantBits());
    out.writeInt(row.number());
    writeSum(row.content());
    for (long read = 0; rows.next(); read++) {
      if (read % CHECK_ROWS == 0) {
        timeCheck.run();
      }
      if (read == 0 || !isSameEntitlement(rows)) {
        endGroup();
        beginGroup(rows);
      }
      group.add(rows);
    }
    endGroup();
    out.writeByte(DigestFile.END);
    out.writeLong(entries);
    out.writeInt((int) summed.getChecksum().getValue());
    out.flush();
    return sum;
  }

  private boolean isSameEntitlement(GrantCursor rows) {
    int at = 0;
    for (int i = 0; i < ENTITLEMENT.size(); i++) {
      Utf8View id = rows.id(ENTITLEMENT.get(i));
      int length = ByteBuffer.wrap(ids, at, Short.BYTES).getShort() & 0xffff;
      at += Short.BYTES;
      if (id.length() != length || id.compareStart(ids, at, length) != 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  private void beginGroup(GrantCursor rows) {
    idsLength = 0;
    for (IdField field : ENTITLEMENT) {
      Utf8View id = rows.id(field);
      int end = idsLength + Short.BYTES + id.length();
      if (ids.length < end) {
        ids = Arrays.copyOf(ids, Math.max(end, 2 * ids.length));
      }
      ByteBuffer.wrap(ids, idsLength, Short.BYTES).putShort((short) id.length());
      id.copyTo(ids, idsLength + Short.BYTES);
      idsLength = end;
    }
  }

  private void endGroup() throws IOException {
    ContentDigest digest = group.digest();
    if (digest.count() > 0) {
      out.writeByte(DigestFile.ENTRY);
      out.write(ids, 0, idsLength);
      writeSum(digest);
      sum = sum.plus(digest);
      entries++;
      group = new DigestAccumulator();
    }
  }

  private void writeSum(ContentDigest digest) throws IOException {
    out.writeLong(digest.count());
    out.writeLong(digest.high());
    out.writeLong(digest.low());
  }
}
