package dev.grantstore.equivalence.run;

import dev.grantstore.Durability;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.nio.file.Path;
import java.util.List;

/** The RocksDB engine on trial, with settings under which little is much. */
final class RocksSubjects {
  private static final StoreOptions DEFAULTS =
      StoreOptions.of(OpenMode.OPEN_OR_CREATE).withCacheBytes(8 << 20);

  /** Tiny buffers and blocks, files that split and are compacted at once, no cache, no log. */
  private static final StoreOptions TINY =
      DEFAULTS
          .withDurability(Durability.BULK)
          .withCacheBytes(0)
          .withEngineOption("write_buffer_size", "65536")
          .withEngineOption("block_size", "64")
          .withEngineOption("block_restart_interval", "1")
          .withEngineOption("level0_file_num_compaction_trigger", "1")
          .withEngineOption("target_file_size_base", "4096");

  private static final StoreOptions SMALL =
      DEFAULTS
          .withCacheBytes(8 << 10)
          .withEngineOption("write_buffer_size", "65536")
          .withEngineOption("max_write_buffer_number", "4")
          .withEngineOption("level0_file_num_compaction_trigger", "2")
          .withEngineOption("block_size", "4096");

  private static final StoreOptions SYNCED =
      DEFAULTS.withDurability(Durability.SYNC).withEngineOption("block_size", "256");

  private RocksSubjects() {}

  /** {@return a subject whose stores serve so many runs each} */
  static Subject at(Path folder, int runsPerStore) {
    return FolderSubject.of(
        "rocksdb", folder, List.of(DEFAULTS, TINY, SMALL, SYNCED), runsPerStore);
  }
}
