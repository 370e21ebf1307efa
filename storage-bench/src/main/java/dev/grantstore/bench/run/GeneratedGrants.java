package dev.grantstore.bench.run;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.bench.benchmark.AskedGrants;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.fixture.generate.GrantGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Grants drawn from all over a synthetic sync, as its generator makes them. Immutable. */
final class GeneratedGrants implements AskedGrants {
  /** More than this tells no more. */
  private static final long MOST = 1_000_000;

  /** About what a key takes on the heap; a rough guard, no promise. */
  private static final long BYTES_PER_KEY = 600;

  /** Keys may take this part of the heap. */
  private static final long HEAP_PART = 8;

  private static final int HALT_MASK = (1 << 12) - 1;

  private final GrantGenerator generator;
  private final List<Key> keys;

  private GeneratedGrants(GrantGenerator generator, List<Key> keys) {
    this.generator = generator;
    this.keys = keys;
  }

  private record Key(long index, String id, EntitlementRef entitlement, PrincipalRef principal) {}

  /**
   * Cuts the sync into slices and draws one grant of each, so that no two are alike: at most a
   * million, and as many as fit into memory.
   */
  static GeneratedGrants draw(GrantGenerator generator, long most, long seed, Halt halt) {
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
    return new GeneratedGrants(generator, keys);
  }

  private static long from(long grants, long slice, long slices) {
    return grants / slices * slice + Math.min(slice, grants % slices);
  }

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
