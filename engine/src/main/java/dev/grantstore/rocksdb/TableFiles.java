package dev.grantstore.rocksdb;

import dev.grantstore.OpenMode;
import java.nio.file.Path;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/** The tables of a database as files. Stateless. */
final class TableFiles {
  private TableFiles() {}

  /**
   * Compares each block with its checksum, file by file: RocksDB's own call for all of them cannot
   * be broken off. What is dropped meanwhile stays until the end.
   *
   * @param look called before each file; what it throws ends it
   * @throws RocksDBException if one is damaged or not there
   */
  static void verify(RocksHandles handles, Runnable look) throws RocksDBException {
    RocksDB db = handles.db();
    boolean mayDrop = handles.options().mode() != OpenMode.READ_ONLY;
    if (mayDrop) {
      db.disableFileDeletions();
    }
    try (Options options = new Options()) {
      for (LiveFileMetaData file : db.getLiveFilesMetaData()) {
        look.run();
        try (SstFileReader reader = new SstFileReader(options)) {
          reader.open(Path.of(file.path(), file.fileName()).toString());
          reader.verifyChecksum();
        }
      }
    } finally {
      if (mayDrop) {
        db.enableFileDeletions();
      }
    }
  }
}
