package dev.grantstore.lmdb;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.Closing;
import dev.grantstore.StoreStats;
import dev.grantstore.codec.ValueForm;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.FileErrors;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.lmdbjava.LmdbException;

/**
 * LMDB under a store: reads through a pool of sessions, each write one transaction.
 *
 * <p>A commit that fails for want of room is undone by LMDB, and the next one is tried. When one
 * fails in another way, or what was committed cannot be forced to the disk, nobody knows what is
 * there. So it is when the file of a commit cannot be made whole.
 */
final class LmdbDatabase implements KeyValueDatabase {
  private final LmdbFile file;
  private final SessionPool pool;
  private final DurableMark mark;
  private final LmdbView live;
  private final LmdbFigures figures;
  private final UUID identity;

  /** Takes ownership of the file. */
  LmdbDatabase(LmdbFile file, DurableMark mark, UUID identity) {
    this.file = file;
    this.mark = mark;
    this.identity = identity;
    pool = new SessionPool(file);
    live = new LmdbView(file, pool, null);
    figures = new LmdbFigures(file);
  }

  @Override
  public View live() {
    return live;
  }

  /** LMDB has no checksums over its pages. */
  @Override
  public ValueForm valueForm() {
    return ValueForm.CHECKED;
  }

  @Override
  public View snapshot() {
    return new LmdbView(file, pool, pool.borrow());
  }

  @Override
  public Batch begin(boolean durably) {
    return new LmdbBatch(file);
  }

  @Override
  public void sync() {
    file.sync();
  }

  @Override
  public boolean isWhole() {
    return !file.hasFailed();
  }

  @Override
  public int longestKeyBytes() {
    return LmdbFile.LONGEST_KEY_BYTES;
  }

  @Override
  public void mark(long commit) throws IOException {
    mark.write(identity, commit, null);
  }

  /** Takes note of the file's new length, and gives it that. */
  @Override
  public void afterCommit(long commit) throws IOException {
    boolean done = false;
    try {
      file.noteSize();
      file.lengthen();
      done = true;
    } finally {
      if (!done) {
        file.setFailed();
      }
    }
  }

  @Override
  public boolean keepsFiles() {
    return true;
  }

  @Override
  public StoreStats stats() throws IOException {
    Session session = pool.borrow();
    try {
      synchronized (session) {
        return figures.read(session);
      }
    } finally {
      pool.giveBack(session);
    }
  }

  @Override
  public Checkpoint checkpoint(Path folder, CheckpointFiles files) {
    return new LmdbCheckpoint(file, pool, folder);
  }

  /** Says that the store has the newest format, durably; its mark is there. */
  void finishMaking() throws IOException {
    // The other way round, whoever died between would have lost the mark.
    Schema.setVersion(file);
    file.noteSize();
    file.lengthen();
  }

  @Override
  public void end() throws IOException {
    mark.end();
  }

  @Override
  public void close() {
    Closing.all(List.of(pool, file), "LMDB did not close");
  }

  @Override
  public RuntimeException wrap(String doing, Exception e) {
    if (e instanceof LmdbException || e instanceof IllegalArgumentException) {
      return LmdbErrors.wrap(doing, (RuntimeException) e, file.path());
    }
    return e instanceof IOException io
        ? FileErrors.wrap(doing, io, file.path())
        : KeyValueDatabase.super.wrap(doing, e);
  }
}
