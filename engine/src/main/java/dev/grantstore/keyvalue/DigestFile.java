package dev.grantstore.keyvalue;

import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementDigests;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Excerpt;
import dev.grantstore.Ids;
import dev.grantstore.NotUtf8Exception;
import dev.grantstore.Utf8;
import dev.grantstore.Verification.Kind;
import dev.grantstore.codec.SyncRow;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is kept of the entitlements of a sealed sync. One thread.
 *
 * <pre>
 * file  := "GSDIGEST" version:u8 (01) store:UUID sync:u32 sum entry* 00 entries:u64 crc32c:u32
 * entry := 01 id{3} sum               of an entitlement: type, resource, id; in the order of lists
 * sum   := count:u64 high:u64 low:u64             see {@link ContentDigest}; first that of the sync
 * id    := length:u16 utf8-bytes                            (all integers big-endian)
 * </pre>
 *
 * <p>{@code crc32c} is of all before it. The entries add up to the sync's sum.
 */
final class DigestFile implements EntitlementDigests {
  static final byte[] MAGIC = "GSDIGEST".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;
  static final int ENTRY = 1;
  static final int END = 0;

  private static final Comparator<EntitlementRef> ORDER =
      Comparator.comparing(EntitlementRef::resourceTypeId, Ids.ORDER)
          .thenComparing(EntitlementRef::resourceId, Ids.ORDER)
          .thenComparing(EntitlementRef::entitlementId, Ids.ORDER);

  private static final class BadFileException extends IOException {
    private static final long serialVersionUID = 1L;

    BadFileException(String why) {
      super(why);
    }
  }

  private final Path file;
  private final CheckedInputStream summed;
  private final DataInputStream in;
  private final Children owner;
  private @Nullable EntitlementRef entitlement;
  private ContentDigest digest = ContentDigest.EMPTY;
  private long entries;
  private boolean atEnd;
  private volatile boolean closed;

  private DigestFile(Path file, Children owner) throws IOException {
    this.file = file;
    this.owner = owner;
    summed =
        new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), new CRC32C());
    in = new DataInputStream(summed);
  }

  /**
   * {@return the entries of a file that was read to its end once, and is whole}
   *
   * @param file the file
   * @param store whose it must be
   * @param row the sync whose it must be
   * @param owner ends it, unless it is closed before
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it cannot be read, or is not what it must be
   */
  static DigestFile open(Path file, UUID store, SyncRow row, Children owner) throws IOException {
    check(file, store, row, owner);
    DigestFile opened = new DigestFile(file, owner);
    boolean isRead = false;
    try {
      opened.readHeader(store, row);
      isRead = true;
    } finally {
      if (!isRead) {
        opened.in.close();
      }
    }
    owner.add(opened);
    return opened;
  }

  /** Reads a file to its end; as {@link #open}, which opens it again. */
  static void check(Path file, UUID store, SyncRow row, Children owner) throws IOException {
    DigestFile whole = new DigestFile(file, owner);
    try {
      whole.readWhole(store, row);
    } catch (EOFException e) {
      throw new BadFileException("it is cut");
    } finally {
      whole.in.close();
    }
  }

  /**
   * Tells in what entries differ.
   *
   * @param was of the one file, before its first entry
   * @param is of the right one
   * @param told the entitlements of which the first has no entry, one that it must not have, or
   *     another
   */
  static void compare(
      EntitlementDigests was, EntitlementDigests is, BiConsumer<Kind, String> told) {
    boolean hasWas = was.next();
    boolean hasIs = is.next();
    while (hasWas || hasIs) {
      int order =
          hasWas && hasIs ? ORDER.compare(was.entitlement(), is.entitlement()) : hasWas ? -1 : 1;
      if (order < 0) {
        told.accept(Kind.ORPHAN, named(was.entitlement()));
      } else if (order > 0) {
        told.accept(Kind.MISSING, named(is.entitlement()));
      } else if (!was.digest().equals(is.digest())) {
        told.accept(Kind.DIFFERENT, named(is.entitlement()));
      }
      hasWas = order <= 0 ? was.next() : hasWas;
      hasIs = order >= 0 ? is.next() : hasIs;
    }
  }

  private static String named(EntitlementRef entitlement) {
    return String.join(
        " ",
        Excerpt.of(entitlement.resourceTypeId()),
        Excerpt.of(entitlement.resourceId()),
        Excerpt.of(entitlement.entitlementId()));
  }

  /** {@return whether that is what is wrong with a file, and not the disk} */
  static boolean isBad(IOException e) {
    return e instanceof BadFileException;
  }

  @Override
  public boolean next() {
    requireOpen();
    try {
      return read();
    } catch (IOException e) {
      throw FileErrors.wrap("digests cannot be read", e, file);
    }
  }

  @Override
  public EntitlementRef entitlement() {
    requireOpen();
    EntitlementRef here = entitlement;
    if (here == null) {
      throw new IllegalStateException("not on an entitlement");
    }
    return here;
  }

  @Override
  public ContentDigest digest() {
    entitlement();
    return digest;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        in.close();
      } catch (IOException e) {
        throw FileErrors.wrap("digests did not close", e, file);
      } finally {
        owner.remove(this);
      }
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("digests are closed");
    }
  }

  private void readWhole(UUID store, SyncRow row) throws IOException {
    readHeader(store, row);
    ContentDigest sum = ContentDigest.EMPTY;
    while (read()) {
      sum = sum.plus(digest);
    }
    require(in.readLong() == entries, "entries are missing");
    int expected = (int) summed.getChecksum().getValue();
    require(in.readInt() == expected, "its checksum does not fit");
    require(in.read() < 0, "something follows its end");
    require(sum.equals(row.content()), "entries do not add up to the sync's digest");
  }

  private void readHeader(UUID store, SyncRow row) throws IOException {
    for (byte expected : MAGIC) {
      require(in.readByte() == expected, "it is no file of digests");
    }
    require(in.readByte() == VERSION, "its version is unknown");
    UUID its = new UUID(in.readLong(), in.readLong());
    require(its.equals(store), "it is of another store");
    require(in.readInt() == row.number(), "it is of another sync");
    require(readSum().equals(row.content()), "the sync has another digest");
  }

  private boolean read() throws IOException {
    if (atEnd) {
      return false;
    }
    int kind = in.readByte();
    if (kind == END) {
      atEnd = true;
      entitlement = null;
      return false;
    }
    require(kind == ENTRY, "an entry is of no known kind");
    EntitlementRef next = new EntitlementRef(readId(), readId(), readId());
    EntitlementRef last = entitlement;
    require(last == null || ORDER.compare(last, next) < 0, "entries are out of order");
    entitlement = next;
    digest = readSum();
    require(digest.count() > 0, "an entry has no grants");
    entries++;
    return true;
  }

  private ContentDigest readSum() throws IOException {
    return new ContentDigest(in.readLong(), in.readLong(), in.readLong());
  }

  private String readId() throws IOException {
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    try {
      return Ids.check("id", Utf8.decode(bytes));
    } catch (NotUtf8Exception | IllegalArgumentException e) {
      throw new BadFileException("an id cannot be one: " + e.getMessage());
    }
  }

  private static void require(boolean holds, String problem) throws BadFileException {
    if (!holds) {
      throw new BadFileException(problem);
    }
  }
}
