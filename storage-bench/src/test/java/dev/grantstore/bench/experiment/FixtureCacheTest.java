package dev.grantstore.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.manifest.Manifest;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.spec.FixtureSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FixtureCacheTest {
  private static final EngineSpec ENGINE = engine("mvstore");

  @TempDir private Path folder;

  @Test
  void whatHasOtherGrantsOrSettingsIsNotFoundAlthoughItsNameBeginsAlike() throws IOException {
    FixtureCache cache = new FixtureCache(folder.resolve("cache"), folder, Progress.NONE);
    FixtureSpec spec = FixtureSpec.reference(500, 10, 20, 1);
    FixtureSpec other = FixtureSpec.reference(500, 10, 20, 2);
    assertThat(cache.found(spec, ENGINE)).isEmpty();
    assertThat(folder.resolve("cache")).doesNotExist();

    Path made = cache.synthetic(spec, ENGINE);

    Manifest manifest = Fixtures.open(made).manifest();
    assertThat(cache.found(spec, ENGINE)).contains(manifest);
    assertThat(cache.found(other, ENGINE)).isEmpty();
    assertThat(cache.found(spec, engine("mvstore?compress=0"))).isEmpty();
    assertThat(cache.hasCopy(manifest, engine("sqlite"))).isFalse();
    cache.copy(Fixtures.open(cache.synthetic(other, ENGINE)), engine("sqlite"));
    assertThat(cache.hasCopy(manifest, engine("sqlite"))).isFalse();
    cache.copy(Fixtures.open(made), engine("sqlite"));
    assertThat(cache.hasCopy(manifest, engine("sqlite"))).isTrue();
  }

  /** The settings may change what the engine writes, and its manifest does not say them. */
  @Test
  void whatOtherSettingsMadeIsNotTaken() throws IOException {
    FixtureCache cache = new FixtureCache(folder.resolve("cache"), folder, Progress.NONE);
    FixtureSpec spec = FixtureSpec.reference(500, 10, 20, 1);
    EngineSpec other = engine("mvstore?compress=0");
    Path made = cache.synthetic(spec, ENGINE);
    Path madeOtherwise = cache.synthetic(spec, other);
    Fixture source = Fixtures.open(cache.synthetic(spec, engine("sqlite")));
    Path copied = cache.copy(source, ENGINE);
    Path copiedOtherwise = cache.copy(source, other);

    assertThat(List.of(made, madeOtherwise, copied, copiedOtherwise)).doesNotHaveDuplicates();
    assertThat(cache.synthetic(spec, ENGINE)).isEqualTo(made);
    assertThat(cache.synthetic(spec, other)).isEqualTo(madeOtherwise);
    assertThat(cache.copy(source, ENGINE)).isEqualTo(copied);
    assertThat(cache.copy(source, other)).isEqualTo(copiedOtherwise);
  }

  private static EngineSpec engine(String text) {
    return EngineSpec.parse(List.of(text)).get(0);
  }
}
