package dev.grantstore.kudu;

import com.stumbleupon.async.Deferred;
import java.util.HashMap;
import java.util.Map;
import org.apache.kudu.client.AsyncKuduClient;
import org.apache.kudu.client.AsyncKuduClient.AsyncKuduClientBuilder;
import org.apache.kudu.client.KuduClient;
import org.apache.kudu.client.KuduException;

/**
 * A client of a cluster, which all stores of this process share that name the same masters and the
 * same time-out: it has threads and connections. Thread-safe.
 */
final class Cluster implements AutoCloseable {
  /** Those that are in use, by masters and time-out; guarded by itself. */
  private static final Map<String, Cluster> IN_USE = new HashMap<>();

  private final String key;
  private final AsyncKuduClient client;
  private final long timeoutMillis;

  /** How many use it; guarded by {@link #IN_USE}. */
  private int users;

  private Cluster(String key, AsyncKuduClient client, long timeoutMillis) {
    this.key = key;
    this.client = client;
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * {@return a client, which the caller closes}
   *
   * @param masters {@code host:port}, with commas between them
   * @param timeoutMillis for each call
   */
  static Cluster of(String masters, long timeoutMillis) {
    String key = masters + " " + timeoutMillis;
    synchronized (IN_USE) {
      Cluster cluster = IN_USE.get(key);
      if (cluster == null) {
        AsyncKuduClient client =
            new AsyncKuduClientBuilder(masters)
                .defaultOperationTimeoutMs(timeoutMillis)
                .defaultAdminOperationTimeoutMs(timeoutMillis)
                .disableStatistics()
                .build();
        cluster = new Cluster(key, client, timeoutMillis);
        IN_USE.put(key, cluster);
      }
      cluster.users++;
      return cluster;
    }
  }

  AsyncKuduClient client() {
    return client;
  }

  /** {@return the same client, for what is done seldom} */
  KuduClient admin() {
    return client.syncClient();
  }

  /** {@return how many tablet servers there are} */
  int servers() throws KuduException {
    return admin().listTabletServers().getTabletServersCount();
  }

  long timeoutMillis() {
    return timeoutMillis;
  }

  /** {@return a timestamp above all that this process has seen of the cluster} */
  long afterAllSeen() {
    return client.getLastPropagatedTimestamp() + 1;
  }

  /**
   * Waits for an answer, whoever interrupts: a write that was sent may be done.
   *
   * @param answer on its way
   * @return the answer
   * @throws Exception what came instead
   */
  static <T> T await(Deferred<T> answer) throws Exception {
    return answer.joinUninterruptibly();
  }

  @Override
  public void close() throws Exception {
    synchronized (IN_USE) {
      users--;
      if (users > 0) {
        return;
      }
      IN_USE.remove(key);
    }
    client.close();
  }
}
