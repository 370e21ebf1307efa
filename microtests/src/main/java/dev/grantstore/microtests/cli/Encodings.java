package dev.grantstore.microtests.cli;

import dev.grantstore.GrantStore;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.microtests.encoding.study.EncodingStudy;
import dev.grantstore.microtests.encoding.study.GrantSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;

/** Prints what the grants of a fixture take, and cost to read and write, in each encoding. */
public final class Encodings {
  private static final long CACHE_BYTES = 64L << 20;
  private static final int MOST_GRANTS = 100_000;

  private Encodings() {}

  /**
   * Prints the tables.
   *
   * @param arguments a fixture's folder, and how many of its grants to measure at most
   * @throws IOException if the fixture cannot be read, or databases cannot be made
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("missing: a fixture's folder");
    }
    int most = arguments.length > 1 ? Integer.parseInt(arguments[1]) : MOST_GRANTS;
    System.out.println(tables(Path.of(arguments[0]), most));
  }

  /**
   * {@return the tables, as Markdown}
   *
   * @param folder a fixture's; its largest sync is measured
   * @param mostGrants how many of its grants at most
   * @throws IOException if a file cannot be read or written
   */
  public static String tables(Path folder, int mostGrants) throws IOException {
    Fixture fixture = Fixtures.open(folder);
    SyncEntry sync =
        fixture.manifest().syncs().stream()
            .max(Comparator.comparingLong(entry -> entry.all().rows()))
            .orElseThrow();
    GrantSample sample;
    try (GrantStore store = fixture.openStore(CACHE_BYTES)) {
      sample = GrantSample.read(store, sync.id(), sync.all().rows(), mostGrants);
    }
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    try (LockedFolder scratch = LockedFolder.temporary(temp, "encodings")) {
      return new EncodingStudy(sample, scratch.path()).tables();
    }
  }
}
