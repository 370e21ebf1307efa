package dev.grantstore.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.bench.benchmark.AskedGrants;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.fixture.generate.GrantGenerator;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FixtureGrantsTest {
  private static final GrantGenerator GENERATOR = GrantGenerator.of(Subjects.SPEC);

  @Test
  void everyGrantIsDrawnOnceWhereAllFit() {
    assertThat(ids(FixtureGrants.draw(GENERATOR, 10_000, 1, new Halt()))).hasSize(2_000);
  }

  @Test
  void noTwoAreAlikeAndTheSeedDecidesWhich() {
    Set<String> some = ids(FixtureGrants.draw(GENERATOR, 300, 1, new Halt()));

    assertThat(some).hasSize(300);
    assertThat(some).isEqualTo(ids(FixtureGrants.draw(GENERATOR, 300, 1, new Halt())));
    assertThat(some).isNotEqualTo(ids(FixtureGrants.draw(GENERATOR, 300, 2, new Halt())));
  }

  @Test
  void digestIsOfTheWholeGrant() {
    AskedGrants all = FixtureGrants.draw(GENERATOR, 2_000, 1, new Halt());
    DigestAccumulator digest = new DigestAccumulator();
    digest.add(GENERATOR.grant(7));
    ContentDigest expected = digest.digest();

    assertThat(all.id(7)).isEqualTo(GENERATOR.grant(7).id());
    assertThat(all.digest(7)).isEqualTo(expected);
  }

  private static Set<String> ids(AskedGrants grants) {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < grants.count(); i++) {
      ids.add(grants.id(i));
    }
    return ids;
  }
}
