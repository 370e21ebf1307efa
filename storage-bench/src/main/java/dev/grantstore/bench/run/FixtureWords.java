package dev.grantstore.bench.run;

import dev.grantstore.Excerpt;
import dev.grantstore.bench.result.RunResult.FixtureFacts;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.manifest.Manifest;
import dev.grantstore.fixture.manifest.Manifest.Origin;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.fixture.spec.FixtureSpec;
import java.util.Locale;

/** Says in words which grants a fixture holds. */
final class FixtureWords {
  private FixtureWords() {}

  static FixtureFacts facts(Fixture fixture, SyncEntry sync) {
    return new FixtureFacts(
        fixture.path().toString(),
        origin(fixture.manifest().origin()),
        sync.id(),
        sync.all().rows(),
        sync.all().digest().hex(),
        fixture.manifest().generator(),
        fixture.manifest().createdAt(),
        load(fixture.manifest().load()));
  }

  /** A bulk load has no durability of its own to name: it is durable when it is there. */
  private static String load(Manifest.Load load) {
    return load.durability().isEmpty()
        ? load.mode()
        : String.format(Locale.ROOT, "%s, durability %s", load.mode(), load.durability());
  }

  private static String origin(Origin origin) {
    if (origin instanceof Origin.Synthetic synthetic) {
      FixtureSpec spec = synthetic.spec();
      return String.format(
          Locale.ROOT,
          "synthetic, %s: grants %d, entitlement ids %d, principals %d, seed %d, ids %s,"
              + " needing expansion %s, sources %d, annotation bytes %d, rule %d",
          spec.shape().word(),
          spec.grants(),
          spec.entitlements(),
          spec.principals(),
          spec.seed(),
          spec.idStyle(),
          spec.needsExpansionShare(),
          spec.sourcesMean(),
          spec.annotationBytes(),
          synthetic.generatorVersion());
    }
    if (origin instanceof Origin.Imported imported) {
      return String.format(
          Locale.ROOT,
          "imported from %s (%s, sha256 %s)",
          Excerpt.of(imported.name()),
          imported.format(),
          imported.sha256());
    }
    throw new IllegalArgumentException("unknown origin: " + origin);
  }
}
