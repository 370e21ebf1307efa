package dev.grantstore.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  /** F6: a plan is read from a file, which the checks of the command line do not see. */
  @Test
  void aSchemeThatIsNoNameIsRefusedWhereverItComesFrom() {
    assertThatThrownBy(() -> new EngineSpec("a", "sqlite:/tmp/evil", new TreeMap<>()))
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
