package dev.grantstore.microtests.codec;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.microtests.encoding.study.GrantSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The grants that encodings are measured on: those of the fixture that the system property {@value
 * #FOLDER} names, or else of the reference shape. Immutable.
 *
 * @param measured what is encoded and decoded
 * @param training others
 */
record EncodingGrants(List<Grant> measured, List<Grant> training) {
  /** Names a fixture's folder. */
  static final String FOLDER = "grantstore.encodings.fixture";

  private static final int MEASURED = 4_096;
  private static final int SYNTHETIC = 1_000_000;
  private static final long CACHE_BYTES = 64L << 20;

  static EncodingGrants fromProperty() throws IOException {
    String folder = System.getProperty(FOLDER);
    return folder == null ? synthetic() : read(Path.of(folder));
  }

  private static EncodingGrants read(Path folder) throws IOException {
    Fixture fixture = Fixtures.open(folder);
    SyncEntry sync =
        fixture.manifest().syncs().stream()
            .max(Comparator.comparingLong(entry -> entry.all().rows()))
            .orElseThrow();
    try (GrantStore store = fixture.openStore(CACHE_BYTES)) {
      GrantSample sample = GrantSample.read(store, sync.id(), sync.all().rows(), MEASURED);
      return new EncodingGrants(sample.measured(), sample.training());
    }
  }

  private static EncodingGrants synthetic() {
    GrantGenerator generator =
        GrantGenerator.of(FixtureSpec.reference(SYNTHETIC, 1_000, 50_000, 1));
    List<Grant> measured = new ArrayList<>();
    List<Grant> training = new ArrayList<>();
    for (int i = 0; i < MEASURED; i++) {
      measured.add(generator.grant(i * 200L));
    }
    for (int i = 0; i < GrantSample.MAX_TRAINING; i++) {
      training.add(generator.grant(i * 50L + 1));
    }
    return new EncodingGrants(measured, training);
  }
}
