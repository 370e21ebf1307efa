package dev.grantstore.kudu;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.IdField;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Opens {@code kudu:HOST:PORT/NAME}, or {@code kudu:HOST:PORT,HOST:PORT,.../NAME} for several
 * masters: a store in the table NAME of an Apache Kudu cluster. Needs {@code
 * org.apache.kudu:kudu-client}, {@code com.stumbleupon:async} and {@code org.slf4j:slf4j-api} on
 * the class path; without them opening is {@link Reason#UNSUPPORTED}.
 *
 * <p>One process writes, others may read beside it, as of when they opened the store. A writer says
 * from time to time that it is alive; when it has not for {@code lease_millis}, or has closed the
 * store, the next may open it, and nothing that the former sends is taken any more. What it had not
 * shown is taken back then.
 *
 * <p>What a write that has returned survives does not depend on {@link StoreOptions#durability}: a
 * majority of the servers that hold the row have it in their logs. Whether these are on disk is for
 * the cluster to say ({@code log_force_fsync_all}). A write that ends with {@link Reason#TIMEOUT}
 * or {@link Reason#IO} may be there or not; the store then takes no more writes, and shows which
 * when it is opened again.
 *
 * <p>Snapshots, cursors, and stores that are open read-only are good for the table's history; after
 * that each read is {@link Reason#TIMEOUT}. A store whose writer died must be opened within that
 * time, else it is {@link Reason#DATA_LOSS}. The ids of a grant may take {@link #mostIdBytes} bytes
 * together. Kudu does not split ranges: an open sync is one, a loaded one as many as its size asks
 * for.
 *
 * <p>Loads sort their rows in the folder for temporary files. A store that nobody had open for
 * writing for half of its history has its timestamp moved on by whoever opens it next, also
 * read-only.
 *
 * <p>Engine options, whole numbers: {@code replicas} of a new table (3, or 1 where there are fewer
 * servers); {@code history_seconds} of a new table (7 days); {@code lease_millis} (15,000); {@code
 * timeout_millis} of a call (30,000); {@code range_bytes} of a load (1 GiB). {@link
 * StoreOptions#cacheBytes} is not used: servers have a cache of their own.
 *
 * <p>A table's history must be as long as two leases and a time-out together. A new table is not
 * made with a shorter one ({@link IllegalArgumentException}). In a table that is there and has a
 * shorter one the lease is at most a quarter of its history, and the time-out half of it, as far as
 * the caller sets neither; if what he sets, or a history below 4 s, does not fit then, opening for
 * writing is {@link Reason#UNSUPPORTED}. Opening read-only asks for nothing of this.
 */
public final class KuduGrantStoreProvider implements GrantStoreProvider {
  /** For the service loader. */
  public KuduGrantStoreProvider() {}

  @Override
  public String scheme() {
    return "kudu";
  }

  @Override
  public String engineVersion() {
    try {
      return "kudu-client " + ClientVersion.text();
    } catch (LinkageError e) {
      return "kudu-client is not on the class path";
    }
  }

  /** The longest key, without the sync's number and the ends of six elements. */
  @Override
  public int mostIdBytes() {
    return StoreLimits.LONGEST_KEY_BYTES - Integer.BYTES - IdField.COUNT;
  }

  @Override
  public boolean isLocatedByPath() {
    return false;
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    KuduOption.check(options.engineOptions());
    StoreAddress address = StoreAddress.parse(location);
    return withClient(() -> StoreOpening.open(address, options));
  }

  /** Deletes the table. */
  @Override
  public void remove(String location) {
    StoreAddress address = StoreAddress.parse(location);
    withClient(
        () -> {
          StoreOpening.remove(address);
          return address;
        });
  }

  private static <T> T withClient(Supplier<T> action) {
    try {
      return action.get();
    } catch (LinkageError e) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          String.format(
              Locale.ROOT,
              "engine kudu needs org.apache.kudu:kudu-client, com.stumbleupon:async and"
                  + " org.slf4j:slf4j-api on the class path: %s",
              e),
          e);
    }
  }
}
