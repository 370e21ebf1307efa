package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RocksSettingsTest {
  @Test
  void anUnknownNameIsRefusedWithThoseThatAreKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("write_buffer", "65536"))
        .withMessage(
            "unknown engine option: \"write_buffer\" known=[allow_fallocate, block_restart_interval,"
                + " block_size, bloom_bits_per_key, cache_index_and_filter_blocks, compression,"
                + " format_version, level0_file_num_compaction_trigger,"
                + " level_compaction_dynamic_level_bytes, max_manifest_file_size, max_open_files,"
                + " max_write_buffer_number, packed, page_bytes, statistics, target_file_size_base,"
                + " write_buffer_size]; did you mean write_buffer_size?");
  }

  @Test
  void aNameInCapitalsIsUnknown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("BLOCK_SIZE", "64"))
        .withMessageStartingWith("unknown engine option: \"BLOCK_SIZE\"");
  }

  @Test
  void whatIsNoNumberIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("allow_fallocate", "false"))
        .withMessage("engine option is not a whole number: allow_fallocate=\"false\"");
  }

  @Test
  void anUnknownCompressionIsRefusedWithThoseThatAreKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("compression", "snappy"))
        .withMessage(
            "engine option has an unknown value: compression=\"snappy\" known=[none, lz4, zstd]");
  }

  @Test
  void aNumberIsNoCompression() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("compression", "1"))
        .withMessageStartingWith("engine option has an unknown value: compression=\"1\"");
  }

  @ParameterizedTest
  @CsvSource({
    "write_buffer_size, 65536, 2147483647",
    "max_write_buffer_number, 1, 2147483647",
    "level0_file_num_compaction_trigger, 1, 2147483647",
    "target_file_size_base, 4096, 2147483647",
    "level_compaction_dynamic_level_bytes, 0, 1",
    "block_size, 64, 2147483647",
    "block_restart_interval, 1, 2147483647",
    "format_version, 2, 6",
    "cache_index_and_filter_blocks, 0, 1",
    "bloom_bits_per_key, 0, 100",
    "allow_fallocate, 0, 1",
    "max_open_files, 16, 2147483647",
    "max_manifest_file_size, 1, 2147483647",
    "statistics, 0, 2147483647",
  })
  void boundsAreTakenAndWhatIsBeyondThemIsNot(String name, long least, long most) {
    assertThatCode(() -> settings(name, Long.toString(least))).doesNotThrowAnyException();
    assertThatCode(() -> settings(name, Long.toString(most))).doesNotThrowAnyException();
    String range = String.format(Locale.ROOT, " least=%d most=%d", least, most);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(name, Long.toString(most + 1)))
        .withMessage("engine option is out of range: " + name + "=" + (most + 1) + range);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(name, Long.toString(least - 1)))
        .withMessage("engine option is out of range: " + name + "=" + (least - 1) + range);
  }

  @Test
  void asManyOpenFilesAsThereAreIsMinusOneAndOnlyThat() {
    assertThatCode(() -> settings("max_open_files", "-1")).doesNotThrowAnyException();
    assertThatIllegalArgumentException().isThrownBy(() -> settings("max_open_files", "-2"));
    assertThatIllegalArgumentException().isThrownBy(() -> settings("block_size", "-1"));
  }

  @Test
  void nothingIsCountedUnlessAskedFor() {
    assertThat(RocksSettings.of(StoreOptions.of(OpenMode.OPEN)).countsStatistics()).isFalse();
    assertThat(settings("statistics", "0").countsStatistics()).isFalse();
    assertThat(settings("statistics", "1").countsStatistics()).isTrue();
  }

  private static RocksSettings settings(String name, String value) {
    return RocksSettings.of(StoreOptions.of(OpenMode.OPEN).withEngineOption(name, value));
  }
}
