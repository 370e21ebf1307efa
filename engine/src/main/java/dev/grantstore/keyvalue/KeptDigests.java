package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.CorruptionException;
import dev.grantstore.EntitlementDigests;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.Verification.Kind;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a store keeps of the entitlements of its sealed syncs: a {@link DigestFile} for each, {@code
 * digests-N} beside the database, N the sync's number. A number is never used again and a sealed
 * sync never changes, so a file is right for as long as its sync is there; and each says which
 * store's it is, and the digest of its sync. It can be made anew from the rows at any time.
 * Thread-safe; one thread at a time keeps.
 */
final class KeptDigests {
  /** As the keyspace of a finding. */
  static final String LABEL = "digests";

  private static final String PREFIX = "digests-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)(\\.next)?");

  private static final class TimeIsOverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimeIsOverException() {
      super(null, null, false, false);
    }
  }

  /** Hears of the file that is there, if it is, and of the one that comes in its place. */
  private interface Judge {
    void judge(Path was, Path made) throws IOException;
  }

  private final Path folder;
  private final UUID store;

  KeptDigests(Path folder, UUID store) {
    this.folder = folder;
    this.store = store;
  }

  /**
   * {@return what opens the digests of a sync, as the contract has it}
   *
   * @param database the store's; of one that keeps no files nothing is kept, and nothing looked for
   * @param catalog the syncs
   * @param children ends what is opened, unless the caller closes it before
   */
  Function<String, Optional<EntitlementDigests>> of(
      KeyValueDatabase database, Supplier<SyncCatalog> catalog, Children children) {
    return syncId -> {
      SyncRow row = catalog.get().require(syncId);
      return database.keepsFiles() && row.run().state() == SyncRun.State.SEALED
          ? open(row, children)
          : Optional.empty();
    };
  }

  private Optional<EntitlementDigests> open(SyncRow row, Children children) {
    Path file = file(row.number());
    try {
      return Optional.of(DigestFile.open(file, store, row, children));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (!DigestFile.isBad(e)) {
        throw FileErrors.wrap("digests cannot be read", e, file);
      }
      throw new GrantStoreException(
          Reason.CORRUPTION,
          String.format(
              Locale.ROOT,
              "digests of entitlements are damaged: %s; settle makes them anew: %s",
              e.getMessage(),
              file),
          e);
    }
  }

  /** {@return what is wrong with the file of a sync; nothing if it is whole, or there is none} */
  Optional<String> problem(SyncRow row) {
    Path file = file(row.number());
    try {
      DigestFile.check(file, store, row, new Children());
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (!DigestFile.isBad(e)) {
        throw FileErrors.wrap("digests cannot be read", e, file);
      }
      return Optional.of(e.getMessage() + ": " + file.getFileName());
    }
  }

  /**
   * Makes a file for every sealed sync that has none, and anew for one whose file is damaged or not
   * its own, smaller syncs first: one that is damaged, or too large for the time, does not keep the
   * others from theirs.
   *
   * @param catalog the store's syncs
   * @param reads the store
   * @param look called now and then, may break off
   * @param isOver whether no more is to be done; then what is missing is left to the next time
   */
  synchronized void keepAll(
      Supplier<SyncCatalog> catalog, GrantReader reads, Runnable look, BooleanSupplier isOver) {
    Runnable timeCheck =
        () -> {
          look.run();
          if (isOver.getAsBoolean()) {
            throw new TimeIsOverException();
          }
        };
    List<SyncRow> sealed = new ArrayList<>(catalog.get().rows().values());
    sealed.removeIf(row -> row.run().state() != SyncRun.State.SEALED);
    sealed.sort(Comparator.comparingLong(row -> row.content().count()));
    CorruptionException first = null;
    try {
      for (SyncRow row : sealed) {
        try {
          keepOne(row, reads, timeCheck, catalog);
        } catch (CorruptionException e) {
          first = first == null ? e : first;
        }
      }
    } catch (TimeIsOverException e) {
      // Without digests a diff reads rows, and that is no failure.
    }
    if (first != null) {
      throw first;
    }
  }

  private void keepOne(
      SyncRow row, GrantReader reads, Runnable timeCheck, Supplier<SyncCatalog> catalog) {
    timeCheck.run();
    if (problem(row).isPresent()) {
      // Until there is another, a diff reads rows.
      forget(row.number());
    } else if (Files.exists(file(row.number()))) {
      return;
    }
    try (GrantCursor rows = reads.cursor(new GrantQuery.ScanByEntitlement(row.run().id()))) {
      keep(row, rows, timeCheck, catalog, (was, made) -> {});
    } catch (IOException e) {
      throw FileErrors.wrap("digests cannot be written", e, folder);
    } catch (GrantStoreException e) {
      if (e.reason() != Reason.SYNC_UNKNOWN) {
        throw e;
      }
    }
  }

  /**
   * Makes the file of a sealed sync anew from its rows, and puts it in the place of the one that is
   * there if that is another.
   *
   * @param row the sync's
   * @param reads the store
   * @param look called now and then, may break off
   * @param catalog the store's syncs
   * @param findings hears what was wrong with the one that was there, or that there was none
   */
  synchronized void mend(
      SyncRow row,
      GrantReader reads,
      Runnable look,
      Supplier<SyncCatalog> catalog,
      Findings findings) {
    Optional<String> problem = problem(row);
    Judge judge =
        (was, made) -> {
          if (problem.isPresent()) {
            findings.add(Kind.UNREADABLE, row.run().id(), LABEL, problem.get());
          } else if (!Files.exists(was)) {
            findings.add(Kind.MISSING, row.run().id(), LABEL, "there is no file of them");
          } else {
            compare(was, made, row, findings);
          }
        };
    try (GrantCursor rows = reads.cursor(new GrantQuery.ScanByEntitlement(row.run().id()))) {
      keep(row, rows, look, catalog, judge);
    } catch (IOException e) {
      throw FileErrors.wrap("digests cannot be written", e, folder);
    }
  }

  private void compare(Path was, Path made, SyncRow row, Findings findings) throws IOException {
    Children opened = new Children();
    try (EntitlementDigests old = DigestFile.open(was, store, row, opened);
        EntitlementDigests right = DigestFile.open(made, store, row, opened)) {
      DigestFile.compare(
          old, right, (kind, where) -> findings.add(kind, row.run().id(), LABEL, where));
    }
  }

  private void keep(
      SyncRow row, GrantCursor rows, Runnable timeCheck, Supplier<SyncCatalog> catalog, Judge judge)
      throws IOException {
    ContentDigest found = keep(row, rows, timeCheck, judge);
    if (!isThere(row, catalog.get())) {
      forget(row.number());
    } else if (!found.equals(row.content())) {
      throw new CorruptionException(
          Keyspace.BY_ENTITLEMENT.label(),
          Bytes.copyOf(KeyPrefix.ofSync(row.number())),
          String.format(
              Locale.ROOT,
              "rows do not add up to the sync's digest: rows=%s sync=%s",
              found,
              row.content()),
          null);
    }
  }

  private static boolean isThere(SyncRow row, SyncCatalog now) {
    SyncRow there = now.rows().get(row.run().id());
    return there != null && there.number() == row.number();
  }

  /** Writes a file, durably, and keeps it if its rows add up to what the sync has. */
  private ContentDigest keep(SyncRow row, GrantCursor rows, Runnable timeCheck, Judge judge)
      throws IOException {
    Path file = file(row.number());
    Path next = file.resolveSibling(TextFile.unfinished(file.getFileName().toString()));
    try {
      ContentDigest found;
      try (FileChannel channel =
              FileChannel.open(
                  next,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.TRUNCATE_EXISTING);
          OutputStream out = Channels.newOutputStream(channel)) {
        found = new DigestFileWriter(out, timeCheck).write(store, row, rows);
        channel.force(true);
      }
      if (found.equals(row.content())) {
        judge.judge(file, next);
        CrashPoint.reached();
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        FolderTree.force(folder);
      }
      return found;
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /** Deletes the file of a sync that is gone, if it can; else the next opening does. */
  void forget(int number) {
    try {
      Files.deleteIfExists(file(number));
    } catch (IOException e) {
      // The sync is gone, and that is the answer.
    }
  }

  /**
   * Deletes the files of syncs that are not there, and what a process left that died.
   *
   * @param catalog the store's syncs
   * @throws IOException if a file cannot be deleted
   */
  void forgetOthers(SyncCatalog catalog) throws IOException {
    Set<String> numbers = new HashSet<>();
    catalog.rows().values().forEach(row -> numbers.add(Integer.toString(row.number())));
    for (Path entry : FolderTree.entries(folder)) {
      Matcher name = NAME.matcher(entry.getFileName().toString());
      if (name.matches() && (name.group(2) != null || !numbers.contains(name.group(1)))) {
        CrashPoint.reached();
        Files.deleteIfExists(entry);
      }
    }
  }

  /**
   * Gives another store what is kept of the syncs that it has, as its own; what is damaged here it
   * is to make anew.
   *
   * @param other the other store's
   * @param catalog the other store's syncs, which have here the same numbers
   * @param look called now and then, may break off
   * @throws IOException if a file cannot be written
   */
  void copyTo(KeptDigests other, SyncCatalog catalog, Runnable look) throws IOException {
    for (SyncRow row : catalog.rows().values()) {
      look.run();
      Path file = file(row.number());
      if (row.run().state() == SyncRun.State.SEALED && Files.exists(file)) {
        copy(file, row, other);
      }
    }
  }

  private void copy(Path file, SyncRow row, KeptDigests other) throws IOException {
    try {
      DigestFile.check(file, store, row, new Children());
      DigestFileCopy.run(file, other.file(row.number()), other.store);
    } catch (NoSuchFileException e) {
      // Its sync was dropped here meanwhile.
      other.forget(row.number());
    } catch (IOException e) {
      if (!DigestFile.isBad(e)) {
        throw e;
      }
    }
  }

  private Path file(int number) {
    return folder.resolve(PREFIX + number);
  }
}
