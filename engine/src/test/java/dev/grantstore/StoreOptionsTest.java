package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StoreOptionsTest {
  @Test
  void eachWithChangesOneThing() {
    StoreOptions options =
        StoreOptions.of(OpenMode.CREATE)
            .withDurability(Durability.SYNC)
            .withCacheBytes(0)
            .withEngineOption("b", "2")
            .withEngineOption("a", "1")
            .withEngineOption("b", "3");

    assertThat(options)
        .isEqualTo(
            new StoreOptions(OpenMode.CREATE, Durability.SYNC, 0, Map.of("a", "1", "b", "3")));
    assertThat(StoreOptions.of(OpenMode.OPEN))
        .isEqualTo(
            new StoreOptions(
                OpenMode.OPEN, Durability.WAL, StoreOptions.DEFAULT_CACHE_BYTES, Map.of()));
  }

  @Test
  void theMapIsCopied() {
    Map<String, String> given = new HashMap<>(Map.of("a", "1"));
    StoreOptions options = new StoreOptions(OpenMode.CREATE, Durability.WAL, 0, given);
    given.clear();

    assertThat(options.engineOptions()).containsExactly(Map.entry("a", "1"));
  }

  @Test
  void aNegativeCacheIsRefused() {
    assertThatThrownBy(() -> StoreOptions.of(OpenMode.CREATE).withCacheBytes(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void bulkLoadOptionsHaveLeastValues() {
    long least = BulkLoadOptions.MIN_MEMORY_BUDGET_BYTES;
    assertThat(new BulkLoadOptions(least, 1).threads()).isOne();
    assertThatThrownBy(() -> new BulkLoadOptions(least - 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("least=" + least);
    assertThatThrownBy(() -> new BulkLoadOptions(least, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(BulkLoadOptions.defaults().memoryBudgetBytes()).isBetween(least, 1L << 30);
  }
}
