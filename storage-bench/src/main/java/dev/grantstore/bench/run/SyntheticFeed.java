package dev.grantstore.bench.run;

import dev.grantstore.Grant;
import dev.grantstore.bench.benchmark.FeedSource;
import dev.grantstore.bench.benchmark.GrantFeed;
import dev.grantstore.fixture.generate.GrantGenerator;
import java.util.function.Predicate;

/** The grants of a synthetic fixture, generated again. */
final class SyntheticFeed implements GrantFeed {
  private final GrantGenerator generator;

  SyntheticFeed(GrantGenerator generator) {
    this.generator = generator;
  }

  @Override
  public void part(int part, int parts, Predicate<Grant> taker) {
    long grants = generator.spec().grants();
    long from = grants / parts * part + Math.min(part, grants % parts);
    long to = grants / parts * (part + 1) + Math.min(part + 1, grants % parts);
    for (long i = from; i < to; i++) {
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
