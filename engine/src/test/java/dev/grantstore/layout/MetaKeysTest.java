package dev.grantstore.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Bytes;
import dev.grantstore.codec.MalformedBytesException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetaKeysTest {
  @ParameterizedTest
  @ValueSource(strings = {"s", "s\u0000", "\u0001", "sync", "\ufffd", "\ud83d\udd25"})
  void syncIdsComeBack(String syncId) throws MalformedBytesException {
    assertThat(MetaKeys.syncId(MetaKeys.sync(syncId))).isEqualTo(syncId);
  }

  @Test
  void thePrefixMatchesSyncRowsOnly() {
    Bytes prefix = Bytes.copyOf(MetaKeys.syncPrefix());

    assertThat(Rows.startsWith(Bytes.copyOf(MetaKeys.sync("")), prefix)).isTrue();
    assertThat(Rows.startsWith(Bytes.copyOf(MetaKeys.sync("commit")), prefix)).isTrue();
    assertThat(Rows.startsWith(Bytes.copyOf(MetaKeys.commit()), prefix)).isFalse();
    assertThat(Rows.startsWith(Bytes.copyOf(MetaKeys.nextSync()), prefix)).isFalse();
  }

  @Test
  void syncRowsAreOrderedByTheUtf8BytesOfTheirIds() {
    List<String> ids = List.of("a", "a\u0000", "a\u0001", "ab", "b", "\ufb49", "\ud83d\udd25");
    List<byte[]> keys = ids.stream().map(MetaKeys::sync).toList();

    assertThat(keys).isSortedAccordingTo(Arrays::compareUnsigned);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        // no id, a cut id, trailing bytes
        "73796e6300",
        "73796e630073",
        "73796e6300730000",
        // another first element
        "73796e007300",
        "636f6d6d6974007300",
        // an id that is not UTF-8
        "73796e6300ff00",
        "73796e6300eda08000",
      })
  void whatIsNoSyncKeyIsRefused(String hex) {
    assertThatThrownBy(() -> MetaKeys.syncId(HexFormat.of().parseHex(hex)))
        .isInstanceOf(MalformedBytesException.class);
  }
}
