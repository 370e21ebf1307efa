package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GrantStoresTest {
  private static final StoreOptions CREATE = StoreOptions.of(OpenMode.CREATE);

  @Test
  void theMemoryEngineIsFoundByItsScheme() {
    assertThat(GrantStores.provider("memory:").scheme()).isEqualTo("memory");
    assertThat(GrantStores.provider("MEMORY:").engineVersion()).isNotEmpty();
    assertThat(GrantStores.providers()).containsKey("memory");
  }

  @Test
  void anAddressWithoutSchemeIsRefused() {
    for (String uri : List.of("", "memory", ":", ":memory", "/path")) {
      assertThatThrownBy(() -> GrantStores.open(uri, CREATE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no scheme");
    }
  }

  @Test
  void anUnknownEngineIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> GrantStores.open("cassette:/path", CREATE))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
        .hasMessageContaining("cassette")
        .hasMessageContaining("memory");
  }

  @Test
  void everyMemoryStoreIsFreshAndEmpty() {
    try (GrantStore one = GrantStores.open("memory:", CREATE);
        GrantStore two = GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE))) {
      one.startSync("s", "", java.time.Instant.EPOCH);

      assertThat(one.syncs()).hasSize(1);
      assertThat(two.syncs()).isEmpty();
    }
  }

  @Test
  void thereIsNoMemoryStoreToOpen() {
    for (OpenMode mode : List.of(OpenMode.OPEN, OpenMode.READ_ONLY)) {
      assertThatThrownBy(() -> GrantStores.open("memory:", StoreOptions.of(mode)))
          .isInstanceOfSatisfying(
              GrantStoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.STORE_MISSING));
    }
  }

  @Test
  void aMemoryStoreHasNoLocation() {
    assertThatThrownBy(() -> GrantStores.open("memory:name", CREATE))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
        .hasMessageContaining("name");
  }

  @Test
  void anUnknownEngineOptionIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(
            () -> GrantStores.open("memory:", CREATE.withEngineOption("block_size", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("block_size")
        .hasMessageContaining("known=[]");
  }
}
