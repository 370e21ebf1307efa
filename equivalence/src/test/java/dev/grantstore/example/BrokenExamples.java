package dev.grantstore.example;

import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.testkit.Capability;
import dev.grantstore.equivalence.testkit.GrantStoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Contract tests of engines that are broken on purpose; run by {@link BrokenExamplesTest} only. */
final class BrokenExamples {
  private BrokenExamples() {}

  /** Opens as the example does, and gives another store. */
  abstract static class Broken extends GrantStoreContract {
    abstract GrantStore store();

    @Override
    protected GrantStore open(Path location, OpenMode mode, Durability durability) {
      GrantStores.open("example:", StoreOptions.of(mode)).close();
      return store();
    }

    @Override
    protected Set<Capability> claims() {
      return Set.of();
    }
  }

  /** What a principal holds is listed backwards. */
  static final class WrongOrder extends Broken {
    @Override
    GrantStore store() {
      return new ExampleStore() {
        @Override
        List<Grant> list(GrantQuery query) {
          List<Grant> rows = new ArrayList<>(super.list(query));
          if (query instanceof GrantQuery.ByPrincipal) {
            Collections.reverse(rows);
          }
          return rows;
        }
      };
    }
  }

  /** A token stands for one row more than its page showed. */
  static final class LossyToken extends Broken {
    @Override
    GrantStore store() {
      return new ExampleStore() {
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
    GrantStore store() {
      return new ExampleStore();
    }

    @Override
    protected Set<Capability> claims() {
      return Set.of(Capability.BULK_LOAD, Capability.LONG_IDS);
    }
  }
}
