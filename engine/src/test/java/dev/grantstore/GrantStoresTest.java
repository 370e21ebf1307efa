package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** F6: what a file or a flag calls an engine leads nowhere else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sqlite:/tmp/evil", "sqlite:", "../sqlite", "/sqlite", "sqlite/", "", " sqlite", "sqlite\n",
        "Sqlite", "9lives", "-sqlite", "roc\u212asdb", "sqlite\u0000", "file_", "a.b", "?"
      })
  void whatCanBeNoNameIsNoEngine(String name) {
    assertThat(GrantStores.isName(name)).isFalse();
    assertThatThrownBy(() -> GrantStores.engine(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the name of an engine");
    assertThatThrownBy(() -> GrantStores.address(name, Path.of("/fixture/store")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherAlphabetsLetterIsNotTakenForTheOneItResembles() {
    assertThatThrownBy(() -> GrantStores.open("roc\u212asdb:/path", CREATE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the name of an engine");
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
        .hasMessageContaining("has no location");
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
