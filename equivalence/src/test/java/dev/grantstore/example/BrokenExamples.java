package dev.grantstore.example;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Durability;
import dev.grantstore.ForwardingGrantReader;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.testkit.Capability;
import dev.grantstore.equivalence.testkit.GrantStoreContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Contract tests of engines that are broken on purpose; run by {@link BrokenExamplesTest} only. */
final class BrokenExamples {
  private BrokenExamples() {}

  /** Opens as the example does, and gives another store. */
  abstract static class Broken extends GrantStoreContract {
    abstract GrantStore store(GrantStore sound);

    @Override
    protected GrantStore open(Path location, OpenMode mode, Durability durability) {
      return store(GrantStores.open("example:", StoreOptions.of(mode)));
    }

    @Override
    protected Set<Capability> claims() {
      return Set.of();
    }
  }

  /** What a principal holds is listed backwards. */
  static final class WrongOrder extends Broken {
    @Override
    GrantStore store(GrantStore sound) {
      return new ForwardingGrantStore(sound, Backwards::new);
    }
  }

  private static final class Backwards extends ForwardingGrantReader {
    Backwards(GrantReader asked) {
      super(asked);
    }

    @Override
    public GrantCursor cursor(GrantQuery query) {
      if (!(query instanceof GrantQuery.ByPrincipal)) {
        return super.cursor(query);
      }
      Deque<Grant> rows = new ArrayDeque<>();
      GrantCursor forwards = super.cursor(query);
      while (forwards.next()) {
        rows.push(forwards.grant());
      }
      return new ForwardingGrantStore.Cursor(forwards) {
        private @Nullable Grant row;

        @Override
        public boolean next() {
          row = rows.poll();
          return row != null;
        }

        @Override
        public Grant grant() {
          return Objects.requireNonNull(row);
        }
      };
    }
  }

  /** A token stands for one row more than its page showed. */
  static final class LossyToken extends Broken {
    @Override
    GrantStore store(GrantStore sound) {
      return new ForwardingGrantStore(sound) {
        @Override
        public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
          GrantPage page = super.page(query, limitRows, after);
          if (page.next().isEmpty() || limitRows >= MAX_PAGE_ROWS) {
            return page;
          }
          GrantPage longer = super.page(query, limitRows + 1, after);
          return new GrantPage(page.grants(), longer.next());
        }
      };
    }
  }

  /** Claims what it cannot do. */
  static final class FalseClaim extends Broken {
    @Override
    GrantStore store(GrantStore sound) {
      return new ForwardingGrantStore(sound) {
        @Override
        public BulkLoad bulkLoad(
            String syncId, String type, Instant startedAt, BulkLoadOptions options) {
          throw new GrantStoreException(Reason.UNSUPPORTED, "this engine has no bulk load");
        }
      };
    }

    @Override
    protected Set<Capability> claims() {
      return Set.of(
          Capability.BULK_LOAD,
          Capability.LONG_IDS,
          Capability.RESUME_TOKENS,
          Capability.EXACT_EXPIRY);
    }
  }
}
