package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rocksdb.Options;
import org.rocksdb.SstFileReader;
import org.rocksdb.TableProperties;

/** RocksDB writes down the options it runs with, and how each file was made. */
final class SettingsArriveTest {
  private static final String SYNC = "sync";
  private static final int ROWS = 300;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "write_buffer_size, 65536, write_buffer_size=65536",
    "max_write_buffer_number, 7, max_write_buffer_number=7",
    "level0_file_num_compaction_trigger, 3, level0_file_num_compaction_trigger=3",
    "target_file_size_base, 4097, target_file_size_base=4097",
    "level_compaction_dynamic_level_bytes, 0, level_compaction_dynamic_level_bytes=false",
    "level_compaction_dynamic_level_bytes, 1, level_compaction_dynamic_level_bytes=true",
    "compression, none, compression=kNoCompression",
    "compression, lz4, compression=kLZ4Compression",
    "compression, zstd, compression=kZSTD",
    "block_size, 65, block_size=65",
    "block_restart_interval, 3, block_restart_interval=3",
    "format_version, 2, format_version=2",
    "format_version, 6, format_version=6",
    "cache_index_and_filter_blocks, 0, cache_index_and_filter_blocks=false",
    "cache_index_and_filter_blocks, 1, cache_index_and_filter_blocks=true",
    "bloom_bits_per_key, 5, bloomfilter:5:false",
    "bloom_bits_per_key, 100, bloomfilter:100:false",
    "allow_fallocate, 0, allow_fallocate=false",
    "allow_fallocate, 1, allow_fallocate=true",
    "max_open_files, 16, max_open_files=20",
    "max_open_files, 33, max_open_files=33",
    "max_open_files, -1, max_open_files=-1",
    "max_manifest_file_size, 1, max_manifest_file_size=1",
  })
  void anOptionIsRocksDbs(String name, String value, String written) throws Exception {
    fill(name, value).close();

    assertThat(writtenOptions()).contains(written);
    assertReads(name, value);
  }

  @Test
  void withoutBitsThereIsNoFilter() throws Exception {
    fill("bloom_bits_per_key", "0").close();

    assertThat(writtenOptions()).doesNotContain("bloomfilter:");
    assertThat(loadedFiles()).allMatch(file -> file.getFilterSize() == 0);
    assertReads("bloom_bits_per_key", "0");
  }

  @Test
  void onlyTheGrantsHaveAFilterOfTheirOwn() throws Exception {
    fill("packed", "0").close();

    assertThat(loadedFiles()).hasSize(Keyspace.OF_GRANTS.size());
    assertThat(loadedFiles().stream().filter(file -> file.getFilterSize() > 0)).hasSize(1);
  }

  @Test
  void pagesHaveNone() throws Exception {
    fill("bloom_bits_per_key", "20").close();

    assertThat(loadedFiles()).hasSize(Keyspace.OF_GRANTS.size());
    assertThat(loadedFiles()).allMatch(file -> file.getFilterSize() == 0);
  }

  @ParameterizedTest
  @CsvSource({"none, NoCompression", "lz4, LZ4", "zstd, ZSTD"})
  void loadedFilesAreCompressedAsTheOptionSays(String value, String written) throws Exception {
    fill("compression", value).close();

    assertThat(loadedFiles()).hasSize(Keyspace.OF_GRANTS.size());
    assertThat(loadedFiles()).extracting(TableProperties::getCompressionName).containsOnly(written);
    assertReads("compression", value);
  }

  @Test
  void aManifestIsReplacedWhenItGrows() throws Exception {
    try (GrantStore store = fill("max_manifest_file_size", "1")) {
      String first = Files.readString(database().resolve("CURRENT"));
      int loads = 0;
      while (Files.readString(database().resolve("CURRENT")).equals(first)) {
        load(store, "more-" + loads++);
        assertThat(loads).isLessThan(100);
      }
    }

    assertReads("max_manifest_file_size", "1");
  }

  /** A store with rows that were put, and rows that were loaded. */
  private GrantStore fill(String name, String value) throws IOException {
    GrantStore store = open(OpenMode.CREATE, name, value);
    store.startSync(SYNC, "full", SampleGrants.STARTED);
    store.putAll(SYNC, SampleGrants.grants(0, ROWS));
    load(store, "loaded");
    return store;
  }

  private static void load(GrantStore store, String sync) throws IOException {
    try (BulkLoad load = store.bulkLoad(sync, "full", SampleGrants.STARTED, Misuse.LOAD)) {
      try (BulkPart part = load.openPart()) {
        for (int i = 0; i < ROWS; i++) {
          part.add(SampleGrants.grant(i, 0));
        }
      }
      load.commit(SampleGrants.ENDED);
    }
  }

  private void assertReads(String name, String value) throws Exception {
    String id = SampleGrants.grant(7, 0).id();
    try (GrantStore store = open(OpenMode.OPEN, name, value)) {
      assertThat(store.get(SYNC, id)).contains(SampleGrants.grant(7, 0));
      assertThat(store.get("loaded", id)).contains(SampleGrants.grant(7, 0));
      assertThat(store.get("loaded", "none")).isEmpty();
    }
    StoredRows.assertConsistent(folder.resolve("store"));
  }

  private GrantStore open(OpenMode mode, String name, String value) {
    StoreOptions options = StoreOptions.of(mode).withEngineOption(name, value);
    return GrantStores.open("rocksdb:" + folder.resolve("store"), options);
  }

  private Path database() {
    return folder.resolve("store").resolve("db");
  }

  private String writtenOptions() throws IOException {
    try (Stream<Path> files = Files.list(database())) {
      Path last =
          files
              .filter(file -> file.getFileName().toString().startsWith("OPTIONS-"))
              .max(Comparator.naturalOrder())
              .orElseThrow();
      return Files.readString(last);
    }
  }

  private List<TableProperties> loadedFiles() throws Exception {
    try (Stream<Path> files = Files.list(database());
        Options options = new Options();
        SstFileReader reader = new SstFileReader(options)) {
      List<TableProperties> all = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".sst")).toList()) {
        reader.open(file.toString());
        all.add(reader.getTableProperties());
      }
      return all;
    }
  }
}
