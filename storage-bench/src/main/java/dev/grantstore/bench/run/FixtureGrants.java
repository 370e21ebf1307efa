package dev.grantstore.bench.run;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Excerpt;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.PrincipalRef;
import dev.grantstore.bench.benchmark.AskedGrants;
import dev.grantstore.bench.benchmark.FeedSource;
import dev.grantstore.bench.benchmark.GrantChoice;
import dev.grantstore.bench.benchmark.GrantFeed;
import dev.grantstore.bench.benchmark.SampledGrants;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.RunResult.FixtureFacts;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.error.FixtureException.Problem;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.manifest.KeySample;
import dev.grantstore.fixture.manifest.Manifest;
import dev.grantstore.fixture.manifest.Manifest.Origin;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.fixture.spec.FixtureSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The grants of a fixture's largest sync, to be written elsewhere and to be asked for: made again
 * where this program still has the rule that made them, else read from the store and taken from the
 * fixture's sample. Immutable.
 */
public final class FixtureGrants {
  /** More than this tells no more. */
  private static final long MOST = 1_000_000;

  /** About what a key takes on the heap; a rough guard, no promise. */
  private static final long BYTES_PER_KEY = 600;

  /** Keys may take this part of the heap. */
  private static final long HEAP_PART = 8;

  private static final int HALT_MASK = (1 << 12) - 1;

  private final Fixture fixture;
  private final SyncEntry sync;
  private final KeySample keys;
  private final Optional<GrantGenerator> generator;

  private FixtureGrants(Fixture fixture, SyncEntry sync, KeySample keys) {
    this.fixture = fixture;
    this.sync = sync;
    this.keys = keys;
    this.generator =
        fixture.manifest().origin() instanceof Origin.Synthetic synthetic
                && synthetic.generatorVersion() == GrantGenerator.VERSION
            ? Optional.of(GrantGenerator.of(synthetic.spec()))
            : Optional.empty();
  }

  /**
   * {@return the grants of a fixture}
   *
   * @throws FixtureException if it holds none, or no keys of them
   * @throws IOException if its files cannot be read
   */
  static FixtureGrants of(Fixture fixture) throws IOException {
    SyncEntry largest =
        fixture.manifest().syncs().stream()
            .max(Comparator.comparingLong(sync -> sync.all().rows()))
            .filter(sync -> sync.all().rows() > 0)
            .orElseThrow(
                () -> new FixtureException(Problem.NOT_A_FIXTURE, "fixture holds no grants"));
    KeySample keys =
        fixture.keys().stream()
            .filter(sample -> sample.syncId().equals(largest.id()))
            .findFirst()
            .orElseThrow(
                () ->
                    new FixtureException(
                        Problem.DAMAGED,
                        "fixture has no keys for its largest sync: " + fixture.path()));
    return new FixtureGrants(fixture, largest, keys);
  }

  /**
   * {@return the sync that is measured}
   *
   * @param fixture holds it
   * @throws FixtureException if it holds none, or no keys of it
   * @throws IOException if its files cannot be read
   */
  public static SyncEntry largestSync(Fixture fixture) throws IOException {
    return of(fixture).sync();
  }

  SyncEntry sync() {
    return sync;
  }

  KeySample keys() {
    return keys;
  }

  /** {@return what a result says of them} */
  FixtureFacts facts() {
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
              + " needing expansion %s, sources %d, annotation bytes %d%s, rule %d",
          spec.shape().word(),
          spec.grants(),
          spec.entitlements(),
          spec.principals(),
          spec.seed(),
          spec.idStyle(),
          spec.needsExpansionShare(),
          spec.sourcesMean(),
          spec.annotationBytes(),
          spec.expiringShare() > 0 ? ", expiring " + spec.expiringShare() : "",
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
    if (origin instanceof Origin.Merged merged) {
      return String.format(
          Locale.ROOT,
          "merged of %s",
          merged.sources().stream()
              .map(part -> Excerpt.of(part.syncId()) + " " + part.digest())
              .toList());
    }
    if (origin instanceof Origin.Sanitized sanitized) {
      return String.format(
          Locale.ROOT,
          "sanitized%s%s",
          sanitized.keepsTypes() ? ", types kept" : "",
          sanitized.keepsTimes() ? ", times kept" : "");
    }
    if (origin instanceof Origin.Part part) {
      return String.format(
          Locale.ROOT,
          "grants %s of those that are %s",
          part.range(),
          origin(new Origin.Synthetic(part.spec(), part.generatorVersion())));
    }
    throw new IllegalArgumentException("unknown origin: " + origin);
  }

  /**
   * {@return all of them}
   *
   * @param reader asked for what holds the sync, if it has to be read
   */
  GrantFeed feed(Supplier<GrantReader> reader) {
    return generator
        .<GrantFeed>map(MadeAgain::new)
        .orElseGet(() -> stored(reader.get(), sync.id()));
  }

  /** {@return what chooses the grants to ask for, of those made again at most so many} */
  GrantChoice choice(long most) {
    if (generator.isPresent()) {
      return (seed, halt) -> draw(generator.get(), most, seed, halt);
    }
    SampledGrants sampled = new SampledGrants(keys.grants());
    return (seed, halt) -> sampled;
  }

  /**
   * {@return the grants of a sync, read from its store; they cannot be cut, everything is part 0}
   *
   * @param reader holds the sync
   * @param syncId the sync
   */
  public static GrantFeed stored(GrantReader reader, String syncId) {
    return new Stored(reader, syncId);
  }

  /**
   * {@return grants from all over the sync: it is cut into slices, and one is drawn of each, so
   * that no two are alike; at most a million, and as many as fit into memory}
   */
  static AskedGrants draw(GrantGenerator generator, long most, long seed, Halt halt) {
    long grants = generator.spec().grants();
    long fit = Math.max(1, Runtime.getRuntime().maxMemory() / HEAP_PART / BYTES_PER_KEY);
    int count = (int) Math.min(Math.min(grants, most), Math.min(MOST, fit));
    SplittableRandom random = new SplittableRandom(seed);
    List<Key> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      if (i > 0 && (i & HALT_MASK) == 0 && halt.isRequested()) {
        break;
      }
      long index = random.nextLong(from(grants, i, count), from(grants, i + 1, count));
      Grant grant = generator.grant(index);
      keys.add(new Key(index, grant.id(), grant.entitlement(), grant.principal()));
    }
    return new Drawn(generator, keys);
  }

  /** {@return where a slice begins; the first ones have one grant more if it does not come out} */
  private static long from(long grants, long slice, long slices) {
    return grants / slices * slice + Math.min(slice, grants % slices);
  }

  private record Key(long index, String id, EntitlementRef entitlement, PrincipalRef principal) {}

  private record Drawn(GrantGenerator generator, List<Key> keys) implements AskedGrants {
    @Override
    public int count() {
      return keys.size();
    }

    @Override
    public String id(int number) {
      return keys.get(number).id();
    }

    @Override
    public PrincipalRef principal(int number) {
      return keys.get(number).principal();
    }

    @Override
    public EntitlementRef entitlement(int number) {
      return keys.get(number).entitlement();
    }

    @Override
    public ContentDigest digest(int number) {
      DigestAccumulator digest = new DigestAccumulator();
      digest.add(generator.grant(keys.get(number).index()));
      return digest.digest();
    }
  }

  private record MadeAgain(GrantGenerator generator) implements GrantFeed {
    @Override
    public void part(int part, int parts, Predicate<Grant> taker) {
      long grants = generator.spec().grants();
      long to = from(grants, part + 1L, parts);
      for (long i = from(grants, part, parts); i < to; i++) {
        if (!taker.test(generator.grant(i))) {
          return;
        }
      }
    }

    @Override
    public FeedSource source() {
      return FeedSource.GENERATED;
    }
  }

  private record Stored(GrantReader reader, String syncId) implements GrantFeed {
    @Override
    public void part(int part, int parts, Predicate<Grant> taker) {
      if (part > 0) {
        return;
      }
      try (GrantCursor cursor = reader.cursor(new GrantQuery.Scan(syncId))) {
        boolean wanted = true;
        while (wanted && cursor.next()) {
          wanted = taker.test(cursor.grant());
        }
      }
    }

    @Override
    public FeedSource source() {
      return FeedSource.READ;
    }
  }
}
