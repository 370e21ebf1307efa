package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kudu.client.KuduClient;
import org.apache.kudu.client.KuduClient.KuduClientBuilder;
import org.apache.kudu.client.KuduException;
import org.apache.kudu.client.KuduScanToken;
import org.apache.kudu.client.KuduTable;
import org.apache.kudu.client.LocatedTablet;

/**
 * The replicas of a store's tablets: which server leads one, and whether all are alike.
 * Thread-safe.
 */
final class Replicas {
  private static final Pattern PORT =
      Pattern.compile("--rpc_bind_addresses=127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern CHECKSUM = Pattern.compile("^T (\\w+) P .*Checksum: (\\d+)$");
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final LocalCluster cluster;
  private final String table;

  /** Of the servers, in their order. */
  private final List<Integer> ports = new ArrayList<>();

  /** All servers run. */
  Replicas(LocalCluster cluster, String table) throws IOException {
    this.cluster = cluster;
    this.table = table;
    for (long pid : cluster.pids().subList(0, cluster.servers())) {
      Matcher port = PORT.matcher(Files.readString(Path.of("/proc/" + pid + "/cmdline")));
      assertThat(port.find()).isTrue();
      ports.add(Integer.parseInt(port.group(1)));
    }
  }

  /**
   * {@return the server that leads the tablet of the control rows, or one of a sync's}
   *
   * @param isOfSync of which
   */
  OptionalInt leader(boolean isOfSync) throws KuduException {
    try (KuduClient client = new KuduClientBuilder(cluster.masters()).build()) {
      KuduTable opened = client.openTable(table);
      for (KuduScanToken token : client.newScanTokenBuilder(opened).build()) {
        LocatedTablet tablet = token.getTablet();
        int from = tablet.getPartition().getDecodedRangeKeyStart(opened).getInt(StoreTable.S);
        LocatedTablet.Replica leader = tablet.getLeaderReplica();
        if (leader != null && from >= 0 == isOfSync) {
          return OptionalInt.of(ports.indexOf(leader.getRpcPort()));
        }
      }
      return OptionalInt.empty();
    }
  }

  /** Waits until each replica can be read, reads all as of one time, and compares. */
  void assertAlike() throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<String> said = compared();
    while (!said.get(said.size() - 1).equals("OK")) {
      assertThat(System.nanoTime() - start)
          .as("replicas are not alike: %s", said)
          .isLessThan(LONGEST.toNanos());
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      said = compared();
    }
    List<String> sums = new ArrayList<>();
    for (String line : said) {
      Matcher sum = CHECKSUM.matcher(line);
      if (sum.find()) {
        sums.add(sum.group(1) + " " + sum.group(2));
      }
    }
    assertThat(sums).hasSizeGreaterThan(2 * cluster.servers());
    assertThat(sums.stream().distinct().count() * cluster.servers()).isEqualTo(sums.size());
  }

  /** What the cluster's own tool says of a scan of each replica; its last line is OK, or is not. */
  private List<String> compared() throws IOException, InterruptedException {
    Path binaries = ServerBinaries.unpacked(KuduServers.HOME);
    Path lib = binaries.resolve("lib");
    ProcessBuilder command =
        new ProcessBuilder(
                binaries.resolve("bin").resolve("kudu").toString(),
                "cluster",
                "ksck",
                cluster.masters(),
                "--checksum_scan",
                String.format(Locale.ROOT, "--tables=%s", table))
            .redirectErrorStream(true);
    command.environment().put("LD_LIBRARY_PATH", lib.toString());
    command.environment().put("SASL_PATH", lib.resolve("sasl2").toString());
    Process tool = command.start();
    List<String> lines = tool.inputReader().lines().filter(line -> !line.isBlank()).toList();
    tool.waitFor();
    return lines.isEmpty() ? List.of("nothing") : lines;
  }
}
