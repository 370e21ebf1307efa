package dev.grantstore.container;

import dev.grantstore.SyncRun;
import java.util.List;

/**
 * What a container says that it holds; read without any of its grants. Immutable.
 *
 * @param formatVersion of the container's form, which is no engine's
 * @param fileBytes how long the file is
 * @param hash of all of the file
 * @param syncs ordered by id
 */
public record ContainerManifest(int formatVersion, long fileBytes, long hash, List<Entry> syncs) {
  /** Copies the list. */
  public ContainerManifest {
    syncs = List.copyOf(syncs);
  }

  /** {@return the grants of all syncs} */
  public long grants() {
    return syncs.stream().mapToLong(Entry::grants).sum();
  }

  /**
   * A sync.
   *
   * @param run the sync, sealed
   * @param needingExpansion how many of its grants need expansion
   * @param pages how many pages each keyspace of grants has, in their order
   */
  public record Entry(SyncRun run, long needingExpansion, List<Long> pages) {
    /** Copies the list. */
    public Entry {
      pages = List.copyOf(pages);
    }

    /** {@return how many grants it has} */
    public long grants() {
      return run.digest().orElseThrow().count();
    }
  }
}
