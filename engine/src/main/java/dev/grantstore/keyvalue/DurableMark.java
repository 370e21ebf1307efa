package dev.grantstore.keyvalue;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, outside the database, what was durable last, so that a store which lost it does not
 * open as if nothing had happened. One thread at a time.
 *
 * <p>Databases open without an error when a log was lost, or a file is an older one or another
 * store's. Two files say how far the database must have come, and of which store it must be:
 *
 * <pre>
 * WATERMARK        replaced by every call that makes something durable
 * WATERMARK.base   replaced after the first such call of an opening, and at closing
 *
 * "commit N", note?, "store UUID", "crc32c HEX"          (lines)
 * "commit N", note?                                      (WATERMARK in format 1, nothing else)
 * </pre>
 *
 * <p>The database counts its writes, and names its store, in rows of its own. The number of its
 * last write is never below WATERMARK's, and that never below WATERMARK.base's. So a file of
 * another time or another store is told, and two of them are, unless together they are what was
 * there at one moment. The note is the engine's.
 *
 * <p>In the order in which a reader must look at them, who may be beside a writer: base, mark,
 * database.
 */
public final class DurableMark {
  /** The file's name. */
  public static final String NAME = "WATERMARK";

  private static final String BASE = NAME + ".base";
  private static final long FIRST_WRITE = 1;
  private static final String COMMIT = "commit ";
  private static final String STORE = "store ";

  /** What one of the files says; the store is not known from format 1. */
  private record Entry(long commit, @Nullable String note, @Nullable UUID store) {
    List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add(COMMIT + commit);
      if (note != null) {
        lines.add(note);
      }
      lines.add(STORE + store);
      return lines;
    }
  }

  private final Path folder;
  private final int since;
  private @Nullable Entry base;
  private @Nullable Entry mark;
  private long opened = -1;
  private boolean rebased;

  private DurableMark(Path folder, int since) {
    this.folder = folder;
    this.since = since;
  }

  /**
   * {@return the mark of a store; nothing is read yet}
   *
   * @param folder the store's folder
   * @param since the format from which on stores of this engine have a WATERMARK
   */
  public static DurableMark of(Path folder, int since) {
    return new DurableMark(folder, since);
  }

  /**
   * {@return whether a folder has a mark, whole or not}
   *
   * @param folder a folder
   */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(NAME)) || Files.exists(folder.resolve(BASE));
  }

  /**
   * Deletes the mark of a store that could not be made.
   *
   * @param folder the folder
   * @throws IOException if it cannot be deleted
   */
  public static void delete(Path folder) throws IOException {
    for (String name : List.of(NAME, BASE)) {
      Files.deleteIfExists(folder.resolve(name));
      Files.deleteIfExists(folder.resolve(TextFile.unfinished(name)));
    }
  }

  /**
   * Reads what was marked; call before the database is opened.
   *
   * @param version the store's format
   * @throws GrantStoreException with {@link Reason#DATA_LOSS} if the mark is missing or damaged
   * @throws IOException if it cannot be read
   */
  public void read(int version) throws IOException {
    boolean named = version >= FormatVersion.MARKED;
    base = read(BASE, named, named);
    mark = read(NAME, version >= since, named);
    if (base != null && (mark == null || mark.commit < base.commit)) {
      throw new GrantStoreException(
          Reason.DATA_LOSS, "watermark is older than it was: " + folder.resolve(NAME));
    }
  }

  /**
   * Refuses a place where a store is to be made and there was one: a process that dies while it
   * makes a store leaves the mark of its first write at most.
   *
   * @throws GrantStoreException with {@link Reason#DATA_LOSS}
   * @throws IOException if it cannot be read
   */
  public void readNew() throws IOException {
    Entry left = read(NAME, false, false);
    if (left != null && left.commit > FIRST_WRITE) {
      throw new GrantStoreException(
          Reason.DATA_LOSS, "store was finished and is not any more: " + folder);
    }
  }

  /** {@return the engine's note in what was read or written last} */
  public Optional<String> note() {
    return Optional.ofNullable(mark).map(Entry::note);
  }

  /** {@return the number of the last write that was marked, or 0 if none was} */
  public long commit() {
    return mark == null ? 0 : mark.commit;
  }

  /**
   * Refuses a database that is not this store's, or has lost what was durable.
   *
   * @param store the identity in the database
   * @param found the number of its last write
   * @throws GrantStoreException with {@link Reason#DATA_LOSS}
   */
  public void check(UUID store, long found) {
    for (Entry entry : entries()) {
      if (entry.store != null) {
        StoreIdentity.requireSame(folder, store, NAME, entry.store);
      }
    }
    check(found);
  }

  /**
   * Refuses a database that has lost what was durable, of a store whose database does not name it.
   *
   * @param found the number of its last write
   * @throws GrantStoreException with {@link Reason#DATA_LOSS}
   */
  public void check(long found) {
    opened = found;
    if (found < commit()) {
      throw new GrantStoreException(
          Reason.DATA_LOSS,
          String.format(
              Locale.ROOT,
              "durable writes are gone: last=%d expected=%d store=%s",
              found,
              commit(),
              folder));
    }
  }

  /**
   * Says that everything up to a write is durable.
   *
   * @param store the store
   * @param commit the number of the write
   * @param note a line of the engine's, or null
   * @throws IOException if that cannot be written; the mark before then still holds
   */
  public void write(UUID store, long commit, @Nullable String note) throws IOException {
    Entry next = new Entry(commit, note, store);
    if (!next.equals(mark)) {
      TextFile.replace(folder.resolve(NAME), next.lines());
      mark = next;
    }
    boolean isFirst = !rebased && commit > opened;
    if (isFirst || base == null) {
      rebase();
    }
  }

  /**
   * Says that the last mark was the last one; call when the store closes.
   *
   * @throws IOException if that cannot be written
   */
  public void end() throws IOException {
    if (mark != null && base != null && mark.commit > base.commit) {
      rebase();
    }
  }

  private void rebase() throws IOException {
    Entry last = mark;
    if (last != null) {
      TextFile.replace(folder.resolve(BASE), last.lines());
      base = last;
      rebased = true;
    }
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    if (base != null) {
      entries.add(base);
    }
    if (mark != null) {
      entries.add(mark);
    }
    return entries;
  }

  private @Nullable Entry read(String name, boolean required, boolean named) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      if (required) {
        throw new GrantStoreException(Reason.DATA_LOSS, "watermark is missing: " + file);
      }
      return null;
    }
    TextFile.Content content = TextFile.read(file);
    List<String> lines = new ArrayList<>(content.lines());
    UUID store = null;
    if (content.sum() == TextFile.Sum.RIGHT && lines.size() > 1) {
      store = StoreIdentity.parse(STORE, lines.remove(lines.size() - 1)).orElse(null);
    }
    boolean isNamed = named || content.sum() != TextFile.Sum.MISSING;
    if ((isNamed && store == null) || lines.isEmpty() || lines.size() > 2) {
      throw damaged(file);
    }
    return new Entry(commit(lines.get(0), file), lines.size() == 2 ? lines.get(1) : null, store);
  }

  private static long commit(String line, Path file) {
    try {
      if (line.matches(COMMIT + "(0|[1-9]\\d*)")) {
        return Long.parseLong(line.substring(COMMIT.length()));
      }
    } catch (NumberFormatException e) {
      // More than a long holds: not what was written either.
    }
    throw damaged(file);
  }

  /**
   * {@return the error for a mark that is not what was written}
   *
   * @param file the file
   */
  public static GrantStoreException damaged(Path file) {
    return new GrantStoreException(Reason.DATA_LOSS, "watermark is damaged: " + file);
  }
}
