package dev.grantstore.lmdb;

import dev.grantstore.StoreStats;
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lmdbjava.Dbi;
import org.lmdbjava.EnvInfo;
import org.lmdbjava.Stat;

/** Sizes and figures, which LMDB keeps: to ask costs next to nothing. Thread-safe. */
final class LmdbFigures {
  private final LmdbFile file;

  LmdbFigures(LmdbFile file) {
    this.file = file;
  }

  /**
   * The figures as of a session's moment.
   *
   * @param session the caller holds its monitor
   */
  StoreStats read(Session session) throws IOException {
    List<StoreStats.Keyspace> keyspaces = new ArrayList<>();
    for (Keyspace keyspace : Keyspace.values()) {
      keyspaces.add(figures(session, keyspace.label(), file.keyspace(keyspace)));
    }
    EnvInfo info = file.info();
    SortedMap<String, String> engine = new TreeMap<>();
    engine.put("file-bytes", Long.toString(Files.size(file.path())));
    engine.put("page-bytes", Long.toString(file.pageBytes()));
    engine.put("readers", Integer.toString(info.numReaders));
    engine.put("longest-key-bytes", Integer.toString(LmdbFile.LONGEST_KEY_BYTES));
    engine.put("cache", "page cache of the system");
    engine.put("store.format", Integer.toString(FormatVersion.CURRENT));
    engine.put("option.durability", file.options().durability().name());
    engine.put("option." + LmdbOption.MAP_SIZE.label(), Long.toString(info.mapSize));
    engine.put("option." + LmdbOption.MAX_READERS.label(), Integer.toString(info.maxReaders));
    long checked = LmdbOption.CHECK_PAGES_UP_TO.of(file.options().engineOptions());
    engine.put("option." + LmdbOption.CHECK_PAGES_UP_TO.label(), Long.toString(checked));
    return new StoreStats(keyspaces, 0, engine);
  }

  private StoreStats.Keyspace figures(Session session, String name, Dbi<NativeBytes> dbi) {
    Stat stat = session.stat(dbi);
    long pages = stat.branchPages + stat.leafPages + stat.overflowPages;
    return new StoreStats.Keyspace(name, stat.entries, pages * stat.pageSize, 1);
  }
}
