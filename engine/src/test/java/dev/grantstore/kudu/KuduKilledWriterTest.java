package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.Rows;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Writers die between their rows and the timestamp, again and again; what is left is what T says.
 */
@Tag("kudu")
final class KuduKilledWriterTest {
  @RegisterExtension static final KuduServers SERVERS = new KuduServers(1);

  private static final int KILLS = Integer.getInteger("tests.kudu.kills", 10);
  private static final int SYNCS = 3;
  private static final int KEYS = 12;
  private static final StoreOptions OPTIONS =
      StoreOptions.of(OpenMode.OPEN_OR_CREATE).withEngineOption("lease_millis", "1000");

  private final SplittableRandom random = new SplittableRandom(20_261_201);

  /** What is to be seen: value by keyspace, sync and key. */
  private final Map<String, String> shown = new HashMap<>();

  @Test
  void whatIsLeftIsWhatWasShown() throws Exception {
    try (Cluster cluster = Cluster.of(SERVERS.cluster().masters(), 30_000)) {
      StoreAddress address = new StoreAddress(SERVERS.cluster().masters(), "killed");
      KuduDatabase writer = opened(address, cluster);
      try (KuduBatch batch = (KuduBatch) writer.begin(false)) {
        makeSyncs(batch);
        batch.commit();
      }
      for (int kill = 0; kill < KILLS; kill++) {
        int whole = random.nextInt(3);
        for (int i = 0; i < whole; i++) {
          try (KuduBatch batch = (KuduBatch) writer.begin(false)) {
            shown.putAll(change(batch, "w" + kill + "-" + i));
            batch.commit();
          }
        }
        KuduBatch lost = (KuduBatch) writer.begin(false);
        change(lost, "l" + kill);
        lost.send();
        if (random.nextBoolean()) {
          change(lost, "m" + kill);
          lost.send();
        }
        writer.giveNoSign();

        writer = opened(address, cluster);

        assertThat(found(writer)).as("after kill %d", kill).isEqualTo(there());
      }
      writer.end();
      writer.close();
    }
  }

  /** Puts and deletes rows in all keyspaces; an empty value says that a row is gone. */
  private Map<String, String> change(KuduBatch batch, String text) throws Exception {
    Map<String, String> changed = new HashMap<>();
    for (int i = 0; i < KEYS / 2; i++) {
      Keyspace keyspace = Keyspace.OF_GRANTS.get(random.nextInt(Keyspace.OF_GRANTS.size()));
      int sync = random.nextInt(SYNCS);
      String name = "k" + random.nextInt(KEYS);
      byte[] key = key(sync, name);
      boolean deletes = random.nextInt(3) == 0;
      // Now and then in several parts.
      String value =
          deletes ? "" : text + "-" + i + "x".repeat(random.nextInt(8) == 0 ? 150_000 : 0);
      byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
      if (deletes) {
        batch.delete(keyspace, key, key.length);
      } else {
        batch.put(keyspace, key, key.length, bytes, bytes.length);
      }
      changed.put(keyspace + " " + sync + " " + name, value);
    }
    return changed;
  }

  private Map<String, String> there() {
    Map<String, String> there = new HashMap<>(shown);
    there.values().removeIf(String::isEmpty);
    return there;
  }

  private static Map<String, String> found(KuduDatabase database) throws Exception {
    Map<String, String> found = new HashMap<>();
    RowBytes key = new RowBytes();
    RowBytes value = new RowBytes();
    byte[] all = {};
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      try (Rows rows = database.live().rows(keyspace, all, all)) {
        while (rows.next(key, value)) {
          ByteBuffer in = ByteBuffer.wrap(key.array(), 0, key.length());
          int sync = in.getInt();
          String name = StandardCharsets.US_ASCII.decode(in).toString();
          ByteBuffer bytes = ByteBuffer.wrap(value.array(), 0, value.length());
          found.put(
              keyspace + " " + sync + " " + name,
              StandardCharsets.US_ASCII.decode(bytes).toString());
        }
      }
    }
    return found;
  }

  private static void makeSyncs(KuduBatch batch) throws Exception {
    for (int sync = 0; sync < SYNCS; sync++) {
      batch.makeSync(sync);
      SyncRun run = SyncRun.open("sync" + sync, "full", Instant.EPOCH);
      SyncRow row = new SyncRow(sync, run, ContentDigest.EMPTY, false, 0, Optional.empty());
      byte[] meta = MetaKeys.sync("sync" + sync);
      byte[] encoded = row.encode();
      batch.put(Keyspace.META, meta, meta.length, encoded, encoded.length);
    }
    byte[] next = MetaKeys.nextSync();
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt(SYNCS).array();
    batch.put(Keyspace.META, next, next.length, value, value.length);
  }

  /** Waits for the lease's end, as whoever is told that the store is open. */
  private static KuduDatabase opened(StoreAddress address, Cluster cluster) throws Exception {
    while (true) {
      try {
        return StoreOpening.database(address, OPTIONS, cluster);
      } catch (GrantStoreException e) {
        assertThat(e).extracting(GrantStoreException::reason).isEqualTo(Reason.LOCKED);
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  private static byte[] key(int sync, String name) {
    byte[] k = name.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(Integer.BYTES + k.length).putInt(sync).put(k).array();
  }
}
