package dev.grantstore.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.bench.benchmark.Benchmark.Needs;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineSpecTest {
  @Test
  void optionsFollowAQuestionMark() {
    EngineSpec spec = EngineSpec.parse(List.of("rocksdb?compression=lz4&block_size=4096")).get(0);

    assertThat(spec.scheme()).isEqualTo("rocksdb");
    assertThat(spec.options())
        .containsEntry("block_size", "4096")
        .containsEntry("compression", "lz4");
    assertThat(spec.name()).isEqualTo("rocksdb?block_size=4096&compression=lz4");
  }

  @Test
  void sameEngineTwiceGetsTwoNames() {
    assertThat(EngineSpec.parse(List.of("lmdb", "rocksdb", "lmdb", "lmdb")))
        .extracting(EngineSpec::name)
        .containsExactly("lmdb", "rocksdb", "lmdb#2", "lmdb#3");
  }

  @Test
  void nullAndMemoryHaveNoFiles() {
    assertThat(EngineSpec.parse(List.of("null", "memory", "sqlite")))
        .extracting(EngineSpec::hasFiles)
        .containsExactly(false, false, true);
  }

  @Test
  void engineOfAClusterIsNamedWithItsPlace() {
    List<EngineSpec> specs =
        EngineSpec.parse(List.of("rocksdb", "kudu:a:7051", "b:7051/x/y?replicas=1", "lmdb"));

    assertThat(specs)
        .extracting(EngineSpec::name)
        .containsExactly("rocksdb", "kudu?replicas=1", "lmdb");
    EngineSpec kudu = specs.get(1);
    assertThat(kudu.prefix()).isEqualTo("a:7051,b:7051/x/y");
    assertThat(kudu.address("-1")).isEqualTo("kudu:a:7051,b:7051/x/y-1");
    assertThat(kudu.isElsewhere()).isTrue();
    assertThat(kudu.hasFiles()).isFalse();
    assertThat(kudu.has(Needs.NOTHING)).isTrue();
    assertThat(kudu.has(Needs.ROWS)).isFalse();
    assertThat(kudu.has(Needs.FILES)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb:/tmp/x", "kudu", "kudu?replicas=1"})
  void aPlaceIsGivenToEnginesThatNeedOneAndToNoOther(String text) {
    assertThatThrownBy(() -> EngineSpec.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("engine");
  }

  @Test
  void anEngineInTwoPlacesIsRefused() {
    assertThatThrownBy(() -> EngineSpec.parse(List.of("kudu:a:1/x", "kudu:b:1/x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("an engine in two places");
  }

  /** F6: a plan is read from a file, which the checks of the command line do not see. */
  @Test
  void aSchemeThatIsNoNameIsRefusedWhereverItComesFrom() {
    assertThatThrownBy(() -> new EngineSpec("a", "sqlite:/tmp/evil", "", new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not an engine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Rocks DB", "rocksdb?", "rocksdb?a", "rocksdb?=1", "rocksdb?a=1&a=2"})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> EngineSpec.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not an engine");
  }
}
