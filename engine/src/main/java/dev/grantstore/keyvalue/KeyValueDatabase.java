package dev.grantstore.keyvalue;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.StoreStats;
import dev.grantstore.codec.PackedForm;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.ValueForm;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.PageSupply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * An ordered database under a store: everything that {@link KeyValueStore} asks of an engine. It
 * keeps rows in the {@link Keyspace}s, each in the order of its keys as unsigned bytes.
 *
 * <p>An engine writes what has no default here, and what it does in a better way. It need not check
 * arguments, keep order among writers, or look whether it is closed: nothing is called once {@link
 * #close} was.
 *
 * <p>Threads: one writes at a time, not always the same: {@link #begin} and all of its batch,
 * {@link #sync}, {@link #mark}, {@link #afterCommit}, {@link #compact}, {@link #end}. Everything
 * else, and what it returns, is called by any number of threads at once, beside a writer too:
 * views, {@link #stats}, {@link #prepare} and what comes of it, {@link #settle}.
 *
 * <p>Methods may throw whatever the database throws; {@link #wrap} says what it means. A {@link
 * GrantStoreException} goes to the caller as it is.
 */
public interface KeyValueDatabase extends AutoCloseable {
  /**
   * {@return the rows as they are whenever they are asked for, the same object each time} What one
   * call answers is of one moment, and so is all that one cursor does. Never closed.
   */
  View live();

  /**
   * {@return the rows as they are now, to stay so; the caller closes it}
   *
   * @throws Exception if the database fails
   */
  View snapshot() throws Exception;

  /**
   * {@return as {@link #snapshot}, for a call that closes it before it returns} A database around
   * another passes it on.
   *
   * @throws Exception if the database fails
   */
  default View briefSnapshot() throws Exception {
    return snapshot();
  }

  /**
   * {@return a write, which the caller closes}
   *
   * @param durably whether its commit is to survive power loss, and all before it, if that is
   *     cheaper than a {@link #sync} afterwards
   * @throws Exception if the database fails
   */
  Batch begin(boolean durably) throws Exception;

  /**
   * Makes everything that was committed survive power loss.
   *
   * @throws Exception if the database fails; the store then takes no more writes, for a second try
   *     would succeed and mean nothing
   */
  void sync() throws Exception;

  /**
   * {@return sizes and figures}
   *
   * @throws Exception if the database fails
   */
  StoreStats stats() throws Exception;

  /**
   * Reads what there is of its own files besides the rows, and in its own way, as far as damage can
   * be told there. Rows and pages are read besides.
   *
   * @param look called now and then; what it throws ends the reading
   * @throws Exception saying what is damaged, or if the database fails
   */
  default void checkFiles(Runnable look) throws Exception {}

  /** Ends the database as it is; no view, rows or batch is open any more. */
  @Override
  void close() throws Exception;

  /**
   * {@return how long a key may be} A grant or sync that needs a longer one is refused. A read is
   * not: of a longer key {@link View#get} and {@link Batch#get} say that it is not there, and
   * {@link View#rows} starts behind where it would be.
   */
  default int longestKeyBytes() {
    return Integer.MAX_VALUE;
  }

  /**
   * {@return how grants' values are to be written: with checksums, where the database's own files
   * have none} Its views then have {@link View#before}, and their rows {@link Rows#endedByRow}, so
   * that a key that changed is told too. A database around another passes it on.
   */
  default ValueForm valueForm() {
    return ValueForm.PLAIN;
  }

  /**
   * {@return whether its store may keep files of its own beside it, in the folder that it was
   * opened with} If so, {@link dev.grantstore.GrantStore#settle} keeps digests of entitlements
   * there. A database around another passes it on.
   */
  default boolean keepsFiles() {
    return false;
  }

  /**
   * {@return whether it may still be written} False once a write failed and nobody knows what is
   * there of it: the store then takes no more writes until it is opened again. Reads go on.
   */
  default boolean isWhole() {
    return true;
  }

  /**
   * Takes note, outside the database, that everything up to a write is durable, so that an opening
   * can tell if it is lost.
   *
   * @param commit the number of the write
   * @throws IOException if it cannot be noted; what was noted before then still holds, and so does
   *     the write
   */
  default void mark(long commit) throws IOException {}

  /**
   * Does what a commit leaves to be done, after every write, once readers see it.
   *
   * @param commit the number of the write
   * @throws Exception as the error of the write, which stands nevertheless
   */
  default void afterCommit(long commit) throws Exception {}

  /**
   * {@return how to take in a load in another way than by putting its rows into a batch} Called
   * while others write, and the place for what takes long: nobody sees anything of it yet.
   *
   * @param load waits to be taken in
   * @throws Exception if that fails; nothing was changed
   */
  default Optional<Ingest> prepare(SortedSync load) throws Exception {
    return Optional.empty();
  }

  /**
   * {@return how to take in pages that are made elsewhere} As {@link #prepare}, and called only of
   * a database that packs.
   *
   * @param row the sync's row here, loading
   * @param as a packed sync's row that says what the pages hold, and their parts
   * @param pages written once
   * @param folder the load's, for files
   * @throws Exception if that fails, or a page is damaged; nothing was changed
   */
  default Ingest preparePages(SyncRow row, SyncRow as, PageSupply pages, Path folder)
      throws Exception {
    throw new UnsupportedOperationException();
  }

  /**
   * {@return how large the pages are about that sealed syncs are stored as, in bytes; 0 if they
   * stay rows} If not, its views have {@link View#packed}, and its batches what is said to be
   * called only of a database that packs.
   */
  default int pageBytes() {
    return 0;
  }

  /**
   * Gives back room in the files, as far as the time allows, while no write goes on.
   *
   * @param timeout for how long
   * @throws Exception if the database fails
   */
  default void compact(Duration timeout) throws Exception {}

  /**
   * Waits, beside writes, until nothing is left to be done in the background.
   *
   * @param timeout for how long
   * @throws Exception if the database fails, or the time is over
   */
  default void settle(Duration timeout) throws Exception {}

  /**
   * {@return how to make another store of what is stored; the caller closes it} A database around
   * another passes it on.
   *
   * @param folder where the store is to be, as {@link Checkpoint#STORE}; exists, the caller's
   * @param files whose its files are to be
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if it cannot
   * @throws Exception if the database fails
   */
  default Checkpoint checkpoint(Path folder, CheckpointFiles files) throws Exception {
    throw new GrantStoreException(Reason.UNSUPPORTED, "engine cannot make checkpoints");
  }

  /**
   * Says that the last write was the last one: everything is durable and noted. Called before
   * {@link #close} unless something failed.
   *
   * @throws Exception if the database fails
   */
  default void end() throws Exception {}

  /**
   * {@return what an error of the database means in the contract's terms} An error that is not the
   * database's, such as a broken invariant of ours, comes back as it is.
   *
   * @param doing what failed
   * @param e how; no {@link GrantStoreException}
   */
  default RuntimeException wrap(String doing, Exception e) {
    if (e instanceof RuntimeException ours) {
      return ours;
    }
    return e instanceof IOException io
        ? FileErrors.wrap(doing, io)
        : new GrantStoreException(
            Reason.IO, String.format(Locale.ROOT, "%s: %s", doing, e.getMessage()), e);
  }

  /** A load that is ready to be taken in beside the rows that are there. */
  interface Ingest {
    /** {@return what the rows add up to} */
    ContentDigest content();

    /** {@return how many need expansion, or {@link SyncRow#UNKNOWN}; known of pages} */
    default long needingExpansion() {
      return SyncRow.UNKNOWN;
    }

    /** {@return how they are stored, if as pages} */
    default Optional<PackedForm> packed() {
      return Optional.empty();
    }

    /**
     * Takes the rows in, in several steps. A failure half-way leaves rows of the sync, which the
     * store deletes.
     *
     * @throws Exception if the database fails
     */
    void run() throws Exception;
  }

  /**
   * Makes another store of what is stored, beside everything else but for {@link #take}. Of use
   * once, by one thread.
   */
  interface Checkpoint extends AutoCloseable {
    /** The name of the store in the folder that {@link KeyValueDatabase#checkpoint} was given. */
    String STORE = "store";

    /**
     * Fixes the moment, or makes sure that a later one is as good; no write goes on.
     *
     * @param look to be called now and then if it takes long; breaks off
     * @throws Exception if the database fails
     */
    void take(Runnable look) throws Exception;

    /**
     * Makes the files of a store that is not this one: with an identity of its own, and a mark.
     * What a process leaves that is killed then may be in it, such as rows of a load.
     *
     * @param commit the number of the last write before the moment
     * @param look to be called now and then, since it takes long; breaks off
     * @throws Exception if the database fails
     */
    void write(long commit, Runnable look) throws Exception;

    /** {@return the store that was made, open for writing, which clears away such rows} */
    KeyValueStore open();
  }
}
