package dev.grantstore.equivalence.planted;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * MVStore's engine under the scheme {@code faulty}, with the faults planted that the fault
 * campaigns look for: a damaged store opens as an empty one, and a put is acknowledged before it is
 * done. A store in whose folder a file {@value #DIES}, {@value #HANGS} or {@value #THROWS} lies
 * does that when it is opened; with a file {@value #BREAKS} all that it tells is its syncs and the
 * first row of each list, and behind it, that it is damaged.
 */
public final class FaultyProvider implements GrantStoreProvider {
  public static final String DIES = "dies";
  public static final String HANGS = "hangs";
  public static final String THROWS = "throws";
  public static final String BREAKS = "breaks";

  /** For the service loader. */
  public FaultyProvider() {}

  @Override
  public String scheme() {
    return "faulty";
  }

  @Override
  public String engineVersion() {
    return "1";
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    Path folder = Path.of(location);
    if (Files.exists(folder.resolve(DIES))) {
      Runtime.getRuntime().halt(134);
    }
    if (Files.exists(folder.resolve(THROWS))) {
      throw new IllegalStateException("planted");
    }
    try {
      while (Files.exists(folder.resolve(HANGS))) {
        Thread.sleep(1_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Files.exists(folder.resolve(BREAKS))) {
      return new Breaking(GrantStores.open("mvstore:" + location, options));
    }
    try {
      return new Late(GrantStores.open("mvstore:" + location, options));
    } catch (GrantStoreException e) {
      if (e.reason() == Reason.UNSUPPORTED) {
        throw e;
      }
      return GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE));
    }
  }

  /** Tells one row of each list, and then that it is damaged. */
  private static final class Breaking extends BugStore {
    Breaking(GrantStore store) {
      super(store);
    }

    @Override
    public GrantCursor cursor(GrantQuery query) {
      return new Cursor(store.cursor(query)) {
        private boolean isFirst = true;

        @Override
        public boolean next() {
          boolean found = super.next();
          if (found && !isFirst) {
            throw damaged();
          }
          isFirst = false;
          return found;
        }
      };
    }

    @Override
    public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
      throw damaged();
    }

    @Override
    public Optional<Grant> get(String syncId, String grantId) {
      throw damaged();
    }

    @Override
    public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
      throw damaged();
    }

    @Override
    public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
      throw damaged();
    }

    private static GrantStoreException damaged() {
      return new GrantStoreException(Reason.CORRUPTION, "planted");
    }
  }

  /** Does a put when the next call comes. */
  private static final class Late extends BugStore {
    private @Nullable Runnable due;

    Late(GrantStore store) {
      super(store);
    }

    @Override
    public void putAll(String syncId, Collection<Grant> grants) {
      doDue();
      List<Grant> rows = List.copyOf(grants);
      due = () -> store.putAll(syncId, rows);
    }

    @Override
    public void deleteAll(String syncId, Collection<String> grantIds) {
      doDue();
      store.deleteAll(syncId, grantIds);
    }

    @Override
    public void flush() {
      doDue();
      store.flush();
    }

    @Override
    public void close() {
      doDue();
      store.close();
    }

    private void doDue() {
      Runnable call = due;
      due = null;
      if (call != null) {
        call.run();
      }
    }
  }
}
