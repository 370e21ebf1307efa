package dev.grantstore.mvstore;

import static dev.grantstore.mvstore.Samples.SYNC;
import static dev.grantstore.mvstore.Samples.grants;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.EntitlementRef;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Blocks whose checksums are right and whose content is not: of another time, as a disk leaves them
 * that forgets to sync, or with a byte changed. Whatever MVStore makes of them, every call answers
 * or ends in an error of the contract.
 */
final class MixedBlocksTest {
  private static final int STORED_BYTES = BlockFile.BLOCK_BYTES + Integer.BYTES;
  private static final Set<Reason> TOLD = Set.of(Reason.CORRUPTION, Reason.DATA_LOSS, Reason.IO);
  private static final int IMAGES =
      Integer.getInteger("tests.crash", Boolean.getBoolean("tests.deep") ? 4 : 2) * 6;

  @TempDir private Path temp;

  private Path location;
  private final List<Map<Path, byte[]>> times = new ArrayList<>();
  private final Map<Reason, Integer> told = new EnumMap<>(Reason.class);
  private final List<String> untold = new ArrayList<>();

  @BeforeEach
  void writeManyTimes() throws IOException {
    location = temp.resolve("store");
    try (GrantStore store = Samples.open(location, OpenMode.CREATE)) {
      Samples.fill(store, 400);
      for (int i = 1; i <= 6; i++) {
        store.putAll(SYNC, grants(i * 50, 300));
        store.flush();
        times.add(files());
      }
    }
    times.add(files());
  }

  @Test
  void blocksOfOtherTimesAreToldOrHarmless() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < IMAGES; i++) {
      byte[] image = last().clone();
      int changes = 1 << random.nextInt(6);
      for (int c = 0; c < changes; c++) {
        int block = random.nextInt(image.length / STORED_BYTES);
        byte[] other = fileOf(times.get(random.nextInt(times.size())));
        int at = block * STORED_BYTES;
        if (at + STORED_BYTES <= other.length) {
          System.arraycopy(other, at, image, at, STORED_BYTES);
        } else {
          BlockFileBytes.set(image, block, new byte[BlockFile.BLOCK_BYTES]);
        }
      }
      tryAll("image " + i, image);
    }
    assertThat(untold).isEmpty();
    assertThat(told).containsKey(Reason.CORRUPTION);
  }

  @Test
  void changedBytesAreToldOrHarmless() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 2 * IMAGES; i++) {
      byte[] image = last().clone();
      int block = random.nextInt(image.length / STORED_BYTES);
      byte[] data = BlockFileBytes.get(image, block);
      int changes = 1 << random.nextInt(6);
      for (int c = 0; c < changes; c++) {
        data[random.nextInt(data.length)] = (byte) random.nextInt(256);
      }
      BlockFileBytes.set(image, block, data);
      tryAll("image " + i, image);
    }
    assertThat(untold).isEmpty();
    assertThat(told).containsKey(Reason.CORRUPTION);
  }

  private void tryAll(String what, byte[] image) throws IOException {
    for (OpenMode mode : List.of(OpenMode.READ_ONLY, OpenMode.OPEN)) {
      for (Map.Entry<Path, byte[]> file : times.get(times.size() - 1).entrySet()) {
        Files.write(location.resolve(file.getKey()), file.getValue());
      }
      Files.write(location.resolve(file()), image);
      call(what + " opening", () -> use(what, mode));
    }
  }

  private void use(String what, OpenMode mode) {
    // Without a cache, so that each call reads for itself.
    GrantStore store = Samples.open(location, StoreOptions.of(mode).withCacheBytes(0));
    try {
      ask(what, store);
      call(what + " stats", store::stats);
      call(
          what + " snapshot",
          () -> {
            try (GrantSnapshot snapshot = store.snapshot()) {
              ask(what + " snapshot", snapshot);
            }
          });
      if (mode == OpenMode.OPEN) {
        call(what + " put", () -> store.putAll(SYNC, grants(350, 20)));
        call(what + " delete", () -> store.delete(SYNC, "g7"));
        call(what + " start", () -> store.startSync("sync-2", "full", Samples.NOW));
        call(what + " flush", store::flush);
        call(what + " settle", () -> store.settle(Duration.ofSeconds(1)));
        call(what + " seal", () -> store.seal(SYNC, Samples.NOW));
        call(what + " load", () -> load(store));
        ask(what + " after writes", store);
        call(what + " drop", () -> store.drop(SYNC));
      }
    } finally {
      call(what + " close", store::close);
    }
  }

  private static void load(GrantStore store) {
    BulkLoadOptions options = new BulkLoadOptions(1 << 20, 1);
    try (BulkLoad load = store.bulkLoad("loaded", "full", Samples.NOW, options)) {
      try (BulkPart part = load.openPart()) {
        for (int i = 0; i < 300; i++) {
          part.add(Samples.grant(i));
        }
      }
      load.commit(Samples.NOW);
    }
  }

  private void ask(String what, GrantReader store) {
    call(what + " syncs", store::syncs);
    for (int i = 0; i < 700; i += 50) {
      String id = "g" + i;
      call(what + " get", () -> store.get(SYNC, id));
    }
    call(what + " getAll", () -> store.getAll(SYNC, List.of("g1", "g222", "absent")));
    List<GrantQuery> queries = new ArrayList<>();
    queries.add(new GrantQuery.Scan(SYNC));
    queries.add(new GrantQuery.NeedingExpansion(SYNC));
    for (int i = 0; i < 11; i++) {
      PrincipalRef principal = Samples.grant(i).principal();
      EntitlementRef entitlement = Samples.grant(i).entitlement();
      queries.add(new GrantQuery.ByPrincipal(SYNC, principal));
      queries.add(new GrantQuery.ByEntitlement(SYNC, entitlement));
      call(what + " holds", () -> store.holds(SYNC, principal, entitlement));
    }
    for (GrantQuery query : queries) {
      call(what + " list", () -> Samples.list(store, query));
      call(what + " page", () -> store.page(query, 20, PageToken.START));
    }
  }

  private void call(String what, Runnable call) {
    try {
      call.run();
    } catch (GrantStoreException e) {
      told.merge(e.reason(), 1, Integer::sum);
      if (!TOLD.contains(e.reason())) {
        untold.add(what + ": " + e);
      }
    } catch (RuntimeException | Error e) {
      untold.add(what + ": " + e + " at " + List.of(e.getStackTrace()));
    }
  }

  private Map<Path, byte[]> files() throws IOException {
    Map<Path, byte[]> files = new HashMap<>();
    for (Path name : List.of(Path.of("WATERMARK"), Path.of("WATERMARK.base"), file())) {
      files.put(name, Files.readAllBytes(location.resolve(name)));
    }
    return files;
  }

  private byte[] last() {
    return fileOf(times.get(times.size() - 1));
  }

  private static byte[] fileOf(Map<Path, byte[]> files) {
    return requireNonNull(files.get(file()));
  }

  private static Path file() {
    return Path.of("db", "grants.mv");
  }

  /** Blocks in a file's bytes. */
  private static final class BlockFileBytes {
    static byte[] get(byte[] file, int block) {
      byte[] data = new byte[BlockFile.BLOCK_BYTES];
      System.arraycopy(file, block * STORED_BYTES, data, 0, data.length);
      return data;
    }

    static void set(byte[] file, int block, byte[] data) {
      ByteBuffer.wrap(file)
          .position(block * STORED_BYTES)
          .put(data)
          .putInt(BlockFile.sum(block, data, 0));
    }
  }
}
