package dev.grantstore.mvstore;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.pcollections.IntTreePMap;
import org.pcollections.PMap;

/**
 * MVStore's file and the trees in it; all of MVStore's settings are here, with their reasons. Owns
 * both. The writer's, but for what says otherwise.
 *
 * <p>There is a tree for each keyspace of each sync, named {@code KEYSPACE-NUMBER}, or {@code
 * KEYSPACE-loaded-NUMBER} after a load, so that to drop a sync is to let go of its trees; and one
 * named {@code default} with the rows of {@link MetaKeys}. Keys and records are those of {@link
 * dev.grantstore.layout}, the sync's number included.
 *
 * <p>MVStore neither commits nor compacts by itself here, and has no threads: it would commit half
 * of a write. Space is used again once no {@link TreeView} leads to it; see {@link LiveView} for
 * why that also keeps what was made durable last.
 */
final class MvFile implements AutoCloseable {
  /** Something that is done in part if it fails. */
  interface Work {
    void run() throws IOException;
  }

  private static final int MEBIBYTE = 1 << 20;

  private final BlockFile file;
  private final MVStore store;
  private final StoreOptions options;
  private final Map<MvOption, Integer> values;
  private final MVMap<byte[], byte[]> meta;
  private final OpenTrees trees;
  private volatile boolean failed;
  private long forcedVersion;

  private MvFile(
      BlockFile file, MVStore store, StoreOptions options, Map<MvOption, Integer> values) {
    this.file = file;
    this.store = store;
    this.options = options;
    this.values = values;
    this.meta = store.openMap(Keyspace.META.label(), plain());
    this.trees = new OpenTrees(store);
  }

  /**
   * Opens a file, and makes it if it is not there and may be written.
   *
   * @param syncedVersion the version as of which everything was synced
   * @param scans whether to look for the newest version in the whole file, not at its usual places
   */
  static MvFile open(
      Path path,
      StoreOptions options,
      Map<MvOption, Integer> values,
      long syncedVersion,
      boolean scans)
      throws IOException {
    BlockFile file = BlockFile.open(path, options.mode() == OpenMode.READ_ONLY);
    try {
      MVStore store = start(file, options, values, syncedVersion, scans);
      return new MvFile(file, store, options, values);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static MVStore start(
      BlockFile file,
      StoreOptions options,
      Map<MvOption, Integer> values,
      long syncedVersion,
      boolean scans)
      throws IOException {
    boolean readOnly = options.mode() == OpenMode.READ_ONLY;
    Map<String, Object> settings = new HashMap<>();
    if (scans) {
      settings.put("recoveryMode", 1);
    }
    settings.put("cacheSize", cacheMebibytes(options));
    for (MvOption option : MvOption.values()) {
      settings.put(option.label(), value(values, option));
    }
    MVStore.Builder builder =
        new MVStore.Builder()
            .adoptFileStore(new BlockFileStore(file, readOnly, settings, syncedVersion))
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .keysPerPage(value(values, MvOption.KEYS_PER_PAGE));
    int compress = value(values, MvOption.COMPRESS);
    if (compress > 0) {
      builder = compress == 1 ? builder.compress() : builder.compressHigh();
    }
    MVStore store = builder.open();
    // Views decide what may be written over, and not the time.
    store.setRetentionTime(0);
    store.setVersionsToKeep(2);
    return store;
  }

  /** MVStore counts its cache in MiB: rounded down, so less than one is none. */
  static int cacheMebibytes(StoreOptions options) {
    return (int) Math.min(Integer.MAX_VALUE, options.cacheBytes() / MEBIBYTE);
  }

  StoreOptions options() {
    return options;
  }

  Map<MvOption, Integer> values() {
    return values;
  }

  int value(MvOption option) {
    return value(values, option);
  }

  MVStore store() {
    return store;
  }

  /** {@return the version that was committed last} */
  long version() {
    return store.getFileStore().lastChunkVersion();
  }

  BlockFile file() {
    return file;
  }

  MVMap<byte[], byte[]> meta() {
    return meta;
  }

  /**
   * Looks whether every sync that is stored has its trees.
   *
   * @param stored the catalog, just read: it says what each sync holds
   * @throws CorruptionException if a sync lacks a tree, or a tree has lost rows
   */
  void checkTrees(SyncCatalog stored) {
    for (SyncRow row : stored.rows().values()) {
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        if (!hasTree(keyspace, row.number())) {
          throw damaged(keyspace, row, "sync has no tree");
        }
        long rows = map(keyspace, row.number()).sizeAsLong();
        long expected =
            keyspace == Keyspace.NEEDS_EXPANSION ? row.needingExpansion() : row.content().count();
        if (expected != SyncRow.UNKNOWN && rows != expected) {
          throw damaged(
              keyspace,
              row,
              String.format(
                  Locale.ROOT, "tree has lost rows: rows=%d expected=%d", rows, expected));
        }
      }
      trees.closeIdle();
    }
  }

  /** {@return a view of all trees as they are stored; nothing was changed yet} */
  TreeView view(SyncCatalog stored) {
    PMap<Integer, Map<Keyspace, Tree>> all = IntTreePMap.empty();
    for (SyncRow row : stored.rows().values()) {
      all = all.plus(row.number(), trees(row.number()));
      trees.closeIdle();
    }
    return view(all);
  }

  /** {@return a view of trees of syncs, and of what is not a grant as it is now} */
  TreeView view(PMap<Integer, Map<Keyspace, Tree>> ofSyncs) {
    return new TreeView(store, ofSyncs, Tree.now(meta));
  }

  /**
   * Writes anew what is live in chunks that hold little besides, and commits.
   *
   * @param shown the view as of the last write
   * @param fillRate of a chunk, in percent, below which it is written anew
   * @param mostBytes how much is written at the most
   * @return the view that follows, if anything was moved
   */
  Optional<TreeView> rewrite(TreeView shown, int fillRate, int mostBytes) throws IOException {
    // A commit of no change is none.
    touch();
    trees.openAll(shown);
    try {
      boolean moved = store.compact(fillRate, mostBytes);
      // All trees stay open until the moved ones are looked up: what was written without a commit
      // may be more than stays open after one.
      write();
      return moved ? Optional.of(moved(shown)) : Optional.empty();
    } finally {
      trees.closeAgain(shown);
    }
  }

  /** A view of the same rows where they are now; all trees are open. */
  private TreeView moved(TreeView shown) {
    PMap<Integer, Map<Keyspace, Tree>> all = shown.trees();
    for (Map.Entry<Integer, Map<Keyspace, Tree>> entry : shown.trees().entrySet()) {
      Map<Keyspace, Tree> now = new EnumMap<>(Keyspace.class);
      boolean same = true;
      for (Map.Entry<Keyspace, Tree> tree : entry.getValue().entrySet()) {
        Tree found = Tree.now(Objects.requireNonNull(store.getMap(tree.getValue().map().getId())));
        same &= found.root().root == tree.getValue().root().root;
        now.put(tree.getKey(), found);
      }
      all = same ? all : all.plus(entry.getKey(), now);
    }
    return view(all);
  }

  /** Changes nothing, as a change that can be committed. */
  private void touch() {
    byte[] commit = meta.get(MetaKeys.commit());
    meta.put(MetaKeys.commit(), commit == null ? new byte[Long.BYTES] : commit);
  }

  /** {@return the trees of a sync as they are now; makes those that are not there} */
  Map<Keyspace, Tree> trees(int sync) {
    Map<Keyspace, Tree> now = new EnumMap<>(Keyspace.class);
    trees.of(sync, this::openMaps).forEach((keyspace, map) -> now.put(keyspace, Tree.now(map)));
    return now;
  }

  /** {@return a sync's tree; makes it if it is not there} */
  MVMap<byte[], byte[]> map(Keyspace keyspace, int sync) {
    return Objects.requireNonNull(trees.of(sync, this::openMaps).get(keyspace));
  }

  private Map<Keyspace, MVMap<byte[], byte[]>> openMaps(int sync) {
    return store.hasMap(loadedName(Keyspace.GRANTS, sync))
        ? openLoaded(sync)
        : openMaps(keyspace -> store.openMap(name(keyspace, sync), plain()));
  }

  private Map<Keyspace, MVMap<byte[], byte[]>> openLoaded(int sync) {
    return openMaps(keyspace -> store.openMap(loadedName(keyspace, sync), plain().singleWriter()));
  }

  private static Map<Keyspace, MVMap<byte[], byte[]>> openMaps(
      Function<Keyspace, MVMap<byte[], byte[]>> opening) {
    Map<Keyspace, MVMap<byte[], byte[]>> maps = new EnumMap<>(Keyspace.class);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      maps.put(keyspace, opening.apply(keyspace));
    }
    return maps;
  }

  /**
   * {@return trees that rows are put into in the order of their keys only; makes them} Their pages
   * become full, and they take rows many at a time. MVStore counts their pages in another way, so
   * they must be opened as what they are also later; so they have other names.
   */
  Map<Keyspace, MVMap<byte[], byte[]>> loadedMaps(int sync) {
    return trees.of(sync, this::openLoaded);
  }

  /** Lets go of a sync's trees, as far as they are there. */
  void removeTrees(int sync) {
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      if (hasTree(keyspace, sync)) {
        store.removeMap(map(keyspace, sync));
      }
    }
    trees.removed(sync);
  }

  private boolean hasTree(Keyspace keyspace, int sync) {
    return store.hasMap(name(keyspace, sync)) || store.hasMap(loadedName(keyspace, sync));
  }

  /**
   * Makes the version that was found the newest for good, durably: a write that is not in it must
   * not come back at a later opening. Call before anything is written or answered.
   */
  void settleNewest() throws IOException {
    if (((BlockFileStore) store.getFileStore()).eraseNewer()) {
      force();
      // The version found names chunks that were written over, at which an opening scans the file.
      touch();
      commit();
    }
  }

  /** Lets go of the trees of loads that were in progress when the process died. */
  boolean removeAbandoned(SyncCatalog catalog) {
    Set<Integer> known =
        catalog.rows().values().stream().map(SyncRow::number).collect(Collectors.toSet());
    boolean found = false;
    for (String name : store.getMapNames()) {
      int number = numberIn(name);
      if (number >= 0 && !known.contains(number)) {
        removeTrees(number);
        found = true;
      }
    }
    return found;
  }

  /**
   * Gives everything to the system.
   *
   * @throws IOException if that fails; nothing can be written any more
   */
  void commit() throws IOException {
    write();
    trees.closeIdle();
  }

  private void write() throws IOException {
    store.commit();
    checkWritten();
  }

  /** Makes what is committed survive power loss. */
  void force() throws IOException {
    long version = version();
    file.force();
    checkWritten();
    forcedVersion = version;
  }

  /** {@return the version that was committed last when the file was forced last} */
  long forcedVersion() {
    return forcedVersion;
  }

  /** Does what cannot be done in part: after an error in it no write is taken any more. */
  void whole(Work work) throws IOException {
    boolean done = false;
    try {
      work.run();
      done = true;
    } finally {
      failed |= !done;
    }
  }

  /** {@return whether nobody knows what is in the trees} */
  boolean hasFailed() {
    return failed;
  }

  private void checkWritten() throws IOException {
    IOException failure = file.failure();
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  /** Ends it in good order; what was not committed is gone then. */
  @Override
  public void close() {
    if (store.isReadOnly() || file.failure() != null) {
      store.closeImmediately();
    } else {
      // Views were released without a look at which versions that leaves unused.
      store.deregisterVersionUsage(store.registerVersionUsage());
      store.close();
    }
  }

  /** Ends it as it is in the file, and writes nothing more. */
  void abandon() {
    store.closeImmediately();
  }

  private static String name(Keyspace keyspace, int sync) {
    return keyspace.label() + "-" + sync;
  }

  private static String loadedName(Keyspace keyspace, int sync) {
    return keyspace.label() + "-loaded-" + sync;
  }

  /** The sync that a tree by that name is of, or -1 if it is of none. */
  private static int numberIn(String name) {
    try {
      return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static int value(Map<MvOption, Integer> values, MvOption option) {
    @Nullable Integer value = values.get(option);
    if (value == null) {
      throw new IllegalArgumentException("option has no value: " + option);
    }
    return value;
  }

  private static CorruptionException damaged(Keyspace keyspace, SyncRow row, String problem) {
    return new CorruptionException(
        keyspace.label(), Bytes.copyOf(KeyPrefix.ofSync(row.number())), problem, null);
  }

  private static MVMap.Builder<byte[], byte[]> plain() {
    return new MVMap.Builder<byte[], byte[]>()
        .keyType(KeyType.INSTANCE)
        .valueType(ValueType.INSTANCE);
  }
}
