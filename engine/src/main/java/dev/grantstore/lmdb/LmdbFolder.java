package dev.grantstore.lmdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.FolderClaim;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The folder of a store, and what says that it is one.
 *
 * <pre>
 * grants.mdb        the database; its rows say what it is, see {@link Schema}
 * grants.mdb-lock   LMDB's table of readers, while open and after
 * grants.mdb.new    a database that is being made; left when the process dies meanwhile
 * WATERMARK, WATERMARK.base   what is durable, see {@link DurableMark}; not in format 1
 * LOCK              empty, held while open, for writing or for reading
 * bulk-N/           files of a load in progress; removed when found on opening
 * </pre>
 *
 * <p>A database is made under another name and renamed, so the one of that name is whole.
 */
final class LmdbFolder implements AutoCloseable {
  private static final String DATABASE = "grants.mdb";
  private static final String UNFINISHED = DATABASE + ".new";

  private final FolderClaim claim;
  private boolean madeStore;

  private LmdbFolder(FolderClaim claim) {
    this.claim = claim;
  }

  /**
   * Checks the location against what the caller expects, locks it, and makes what is missing.
   *
   * @throws GrantStoreException also with {@link Reason#DATA_LOSS} if the database is gone
   */
  static LmdbFolder claim(String location, StoreOptions options) throws IOException {
    OpenMode mode = options.mode();
    FolderClaim claim = FolderClaim.at(location, DATABASE, UNFINISHED);
    LmdbFolder folder = new LmdbFolder(claim);
    folder.check(mode);
    try {
      if (mode == OpenMode.READ_ONLY) {
        claim.lockForReading();
      } else {
        claim.lockForWriting();
      }
      // Once more, with nobody else at it.
      folder.check(mode);
      if (claim.isStore()) {
        folder.checkStore(options);
      } else {
        folder.madeStore = true;
        folder.make(options);
      }
      return folder;
    } catch (IOException | RuntimeException e) {
      folder.abandon(e);
      throw e;
    }
  }

  Path path() {
    return claim.path();
  }

  Path database() {
    return claim.mark();
  }

  /**
   * {@return the store's format}
   *
   * @param session reads the store
   * @throws GrantStoreException if it is no store of ours, or one of a newer format
   */
  int version(Session session) {
    int version = Schema.version(session);
    if (version == Schema.NO_VERSION) {
      throw claim.notStore("grants.mdb is another application's");
    }
    claim.checkVersion(version, FormatVersion.CURRENT);
    return version;
  }

  /**
   * Takes back what opening made, after it failed, and gives up the folder.
   *
   * @param because why it failed; takes note of what cannot be deleted
   */
  void abandon(Exception because) {
    try {
      try {
        if (madeStore) {
          DurableMark.delete(path());
          Files.deleteIfExists(path().resolve(UNFINISHED));
          Files.deleteIfExists(path().resolve(DATABASE + "-lock"));
          Files.deleteIfExists(database());
        }
      } finally {
        claim.abandon();
      }
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  /** Lets others open the folder. */
  @Override
  public void close() throws IOException {
    claim.close();
  }

  private void check(OpenMode mode) throws IOException {
    if (!claim.isStore() && DurableMark.isIn(path())) {
      throw new GrantStoreException(Reason.DATA_LOSS, "database is missing: " + database());
    }
    claim.check(mode);
  }

  private void checkStore(StoreOptions options) throws IOException {
    OpenMode mode = options.mode();
    if (mode == OpenMode.CREATE) {
      try (PageFile file = PageFile.open(database())) {
        MetaPages.read(file);
      }
      throw claim.exists();
    }
    if (mode != OpenMode.READ_ONLY && !Files.isWritable(database())) {
      throw new GrantStoreException(Reason.NOT_WRITABLE, "store is not writable: " + database());
    }
    try (PageFile file = PageFile.open(database())) {
      long checked = LmdbOption.CHECK_PAGES_UP_TO.of(options.engineOptions());
      boolean all = mode == OpenMode.READ_ONLY || file.bytes() <= checked;
      PageCheck.run(file, MetaPages.read(file), all);
    }
  }

  private void make(StoreOptions options) throws IOException {
    Path unfinished = path().resolve(UNFINISHED);
    Files.deleteIfExists(unfinished);
    try (LmdbFile file = LmdbFile.create(unfinished, options)) {
      Schema.write(file, UUID.randomUUID());
      file.lengthen();
      file.sync();
    }
    Files.move(unfinished, database(), StandardCopyOption.ATOMIC_MOVE);
    FolderTree.force(path());
  }
}
