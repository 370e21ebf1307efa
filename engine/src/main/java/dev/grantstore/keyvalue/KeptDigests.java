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
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
  private static final String PREFIX = "digests-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)(\\.next)?");

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
              "digests of entitlements are damaged: %s; settle makes them anew once the file is "
                  + "deleted: %s",
              e.getMessage(),
              file),
          e);
    }
  }

  /**
   * Makes a file for every sealed sync that has none. One that is damaged does not keep the others
   * from it.
   *
   * @param catalog the store's syncs
   * @param reads the store
   * @param timeCheck throws once no more is to be done
   */
  synchronized void keepAll(Supplier<SyncCatalog> catalog, GrantReader reads, Runnable timeCheck) {
    CorruptionException first = null;
    for (SyncRow row : catalog.get().rows().values()) {
      if (row.run().state() == SyncRun.State.SEALED && !Files.exists(file(row.number()))) {
        try (GrantCursor rows = reads.cursor(new GrantQuery.ScanByEntitlement(row.run().id()))) {
          keep(row, rows, timeCheck, catalog);
        } catch (CorruptionException e) {
          first = first == null ? e : first;
        } catch (GrantStoreException e) {
          if (e.reason() != Reason.SYNC_UNKNOWN) {
            throw e;
          }
        } catch (IOException e) {
          throw FileErrors.wrap("digests cannot be written", e, folder);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void keep(
      SyncRow row, GrantCursor rows, Runnable timeCheck, Supplier<SyncCatalog> catalog)
      throws IOException {
    ContentDigest found = keep(row, rows, timeCheck);
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
  private ContentDigest keep(SyncRow row, GrantCursor rows, Runnable timeCheck) throws IOException {
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

  private Path file(int number) {
    return folder.resolve(PREFIX + number);
  }
}
