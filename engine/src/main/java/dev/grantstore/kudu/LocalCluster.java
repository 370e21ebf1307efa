package dev.grantstore.kudu;

import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kudu.client.KuduClient;
import org.apache.kudu.client.KuduClient.KuduClientBuilder;
import org.apache.kudu.client.KuduException;

/**
 * A master and some tablet servers of Kudu on this machine's loopback, for tests and for trying
 * out. The servers come from the jar {@code org.apache.kudu:kudu-binary:linux-x86_64}, which is, as
 * its README says, never to be deployed: no encryption, no authentication, no patches, and here no
 * syncing of files either, so that power loss leaves nothing.
 *
 * <p>Servers end with the cluster, and with this process however it ends: each stands under a shell
 * that kills it when this process' end of a pipe is closed. Thread-safe.
 */
public final class LocalCluster implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(5);
  private static final long POLL_MILLIS = 50;

  /** How long the master is asked for its servers; one that has ended never answers. */
  private static final long ASK_MILLIS = 2_000;

  /** Where a server says what keeps it from going on, and how much of it is told. */
  private static final String ERRORS = "err";

  private static final int MOST_WORDS_BYTES = 2_000;

  /** For the master; a tablet server has twice as much. */
  private static final long MEMORY_BYTES = 256L << 20;

  /**
   * Runs a command, tells its process id, and kills it when standard input ends. Signals that a
   * terminal sends to all of its processes do not end it: a command in the background is not ended
   * by an interrupt either, and nobody would be left to kill it. Ends with the command's exit code.
   */
  static final String GUARD =
      "\"$@\" </dev/null & child=$!; trap '' INT TERM HUP; echo $child; cat >/dev/null;"
          + " kill -9 $child 2>/dev/null; wait $child";

  private final Path binaries;
  private final Path folder;
  private final int masterPort;
  private final List<Integer> ports;
  private final List<Optional<Server>> servers = new ArrayList<>();
  private Optional<Server> master = Optional.empty();

  private record Server(String name, Process guard, long pid) {
    boolean isGone() {
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }
  }

  /**
   * A server that ended though nobody had asked it to.
   *
   * @param name {@code master}, or {@code server-} and its number
   * @param exitCode of its process; after a signal 128 and the signal's number
   * @param log the folder of its log, which goes with the cluster when that is closed
   */
  public record Ended(String name, int exitCode, Path log) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s has ended: exit code %d", name, exitCode);
    }

    /**
     * Copies the log.
     *
     * @param parent an existing folder
     * @return a new folder in it, which stays
     * @throws IOException if it cannot be copied
     */
    public Path keepLog(Path parent) throws IOException {
      Path kept = Files.createTempDirectory(parent, "kudu-" + name + "-log-");
      try (Stream<Path> files = Files.list(log)) {
        for (Path file : files.toList()) {
          if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(file, kept.resolve(file.getFileName()));
          }
        }
      }
      return kept;
    }
  }

  private LocalCluster(Path binaries, Path folder, int masterPort, List<Integer> ports) {
    this.binaries = binaries;
    this.folder = folder;
    this.masterPort = masterPort;
    this.ports = ports;
  }

  /** {@return what keeps a cluster from being started here, if anything does} */
  public static Optional<String> missing() {
    return Optional.ofNullable(ServerBinaries.missing());
  }

  /**
   * Starts servers and waits until they can be used; the caller closes the cluster.
   *
   * @param home a folder of this user's, where the servers are unpacked and kept, and their files
   *     are until the cluster is closed
   * @param servers how many tablet servers, 1 or more
   * @return the cluster
   * @throws IOException if they do not run here, or are not ready in five minutes; what they said
   *     last is in its message
   */
  public static LocalCluster start(Path home, int servers) throws IOException {
    checkServers(servers);
    return startUnpacked(ServerBinaries.unpacked(home), home, servers);
  }

  /**
   * Starts servers that somebody has, and waits until they can be used; the caller closes the
   * cluster.
   *
   * @param binaries {@code kudu-binary}'s jar, or a folder that it was unpacked into
   * @param home a folder of this user's, where the servers are unpacked and kept, and their files
   *     are until the cluster is closed
   * @param servers how many tablet servers, 1 or more
   * @return the cluster
   * @throws IllegalArgumentException if there are no servers in what is given
   * @throws IOException if they do not run here, or are not ready in five minutes
   */
  public static LocalCluster start(Path binaries, Path home, int servers) throws IOException {
    checkServers(servers);
    return startUnpacked(ServerBinaries.of(binaries, home), home, servers);
  }

  private static void checkServers(int servers) {
    if (servers < 1) {
      throw new IllegalArgumentException("servers must be at least 1: " + servers);
    }
  }

  private static LocalCluster startUnpacked(Path binaries, Path home, int servers)
      throws IOException {
    Path folder = Files.createTempDirectory(home, "cluster-");
    List<Integer> ports = freePorts(servers + 1);
    LocalCluster cluster =
        new LocalCluster(binaries, folder, ports.get(servers), ports.subList(0, servers));
    try {
      cluster.startAll();
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** {@return the master's {@code host:port}} */
  public String masters() {
    return "127.0.0.1:" + masterPort;
  }

  /**
   * {@return the address of a store in it}
   *
   * @param name the store's
   */
  public String address(String name) {
    return "kudu:" + masters() + "/" + name;
  }

  /** {@return how many tablet servers it has, those included that were killed} */
  public int servers() {
    return ports.size();
  }

  /**
   * Kills a tablet server; {@link #restart} starts it again with what it had.
   *
   * @param server which, from 0
   */
  public synchronized void kill(int server) {
    servers.get(server).ifPresent(LocalCluster::stop);
    servers.set(server, Optional.empty());
  }

  /**
   * Starts a tablet server that was killed.
   *
   * @param server which, from 0
   * @throws IOException if it cannot be started
   */
  public synchronized void restart(int server) throws IOException {
    servers.set(server, Optional.of(startServer(server)));
  }

  /**
   * Stops a tablet server without its knowing ({@code SIGSTOP}), or lets it go on.
   *
   * @param server which, from 0
   * @param paused whether it is to stand still
   * @throws IOException if the signal cannot be sent
   */
  public synchronized void pause(int server, boolean paused) throws IOException {
    long pid = servers.get(server).orElseThrow().pid;
    signal(paused ? "-STOP" : "-CONT", pid);
  }

  /** {@return the process ids of all servers that run, the master's last} */
  public synchronized List<Long> pids() {
    List<Long> pids = new ArrayList<>();
    servers.forEach(server -> server.ifPresent(one -> pids.add(one.pid)));
    master.ifPresent(one -> pids.add(one.pid));
    return pids;
  }

  /** {@return the first server that has ended by itself, if one has} */
  public synchronized Optional<Ended> ended() {
    return Stream.concat(servers.stream(), Stream.of(master))
        .flatMap(Optional::stream)
        .filter(Server::isGone)
        .findFirst()
        .map(
            server -> {
              stop(server);
              int exitCode = server.guard.onExit().join().exitValue();
              return new Ended(server.name, exitCode, folder.resolve(server.name));
            });
  }

  @Override
  public synchronized void close() throws IOException {
    servers.forEach(server -> server.ifPresent(LocalCluster::stop));
    servers.clear();
    master.ifPresent(LocalCluster::stop);
    master = Optional.empty();
    FolderTree.delete(folder);
  }

  private synchronized void startAll() throws IOException {
    master =
        Optional.of(
            start(
                "master",
                "kudu-master",
                masterPort,
                MEMORY_BYTES,
                "--default_num_replicas=" + Math.min(3, ports.size())));
    for (int server = 0; server < ports.size(); server++) {
      servers.add(Optional.of(startServer(server)));
    }
    awaitReady();
  }

  private Server startServer(int server) throws IOException {
    return start(
        "server-" + server,
        "kudu-tserver",
        ports.get(server),
        2 * MEMORY_BYTES,
        "--tserver_master_addrs=" + masters());
  }

  private Server start(String name, String program, int port, long memoryBytes, String flag)
      throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    Path lib = binaries.resolve("lib");
    ProcessBuilder command =
        new ProcessBuilder(
            "/bin/sh",
            "-c",
            GUARD,
            "sh",
            binaries.resolve("bin").resolve(program).toString(),
            "--fs_wal_dir=" + place.resolve("wal"),
            "--fs_data_dirs=" + place.resolve("data"),
            "--log_dir=" + place,
            "--rpc_bind_addresses=127.0.0.1:" + port,
            "--memory_limit_hard_bytes=" + memoryBytes,
            "--block_cache_capacity_mb=32",
            "--log_segment_size_mb=1",
            "--log_preallocate_segments=false",
            "--time_source=system_unsync",
            "--never_fsync=true",
            "--unlock_unsafe_flags=true",
            "--unlock_experimental_flags=true",
            "--rpc_encryption=disabled",
            "--rpc_authentication=disabled",
            "--webserver_enabled=false",
            flag);
    command.environment().put("LD_LIBRARY_PATH", lib.toString());
    command.environment().put("SASL_PATH", lib.resolve("sasl2").toString());
    command.redirectError(place.resolve(ERRORS).toFile());
    Process guard = command.start();
    StringBuilder pid = new StringBuilder();
    for (int digit = guard.getInputStream().read(); digit > '\n'; ) {
      pid.append((char) digit);
      digit = guard.getInputStream().read();
    }
    return new Server(name, guard, Long.parseLong(pid.toString()));
  }

  private void awaitReady() throws IOException {
    long start = System.nanoTime();
    Optional<KuduException> last = Optional.empty();
    try (KuduClient client =
        new KuduClientBuilder(masters()).defaultAdminOperationTimeoutMs(ASK_MILLIS).build()) {
      while (true) {
        try {
          if (client.listTabletServers().getTabletServersCount() == ports.size()) {
            return;
          }
        } catch (KuduException e) {
          last = Optional.of(e);
        }
        boolean isOver = System.nanoTime() - start > READY.toNanos();
        Optional<Ended> ended = ended();
        if (isOver || ended.isPresent()) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "%s; they said last:\n%s",
                  ended.map(Ended::toString).orElse("servers are not ready in time"),
                  lastWords()),
              last.orElse(null));
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (KuduException e) {
      throw new IOException("client does not close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while servers started", e);
    }
  }

  /**
   * {@return what each server wrote last of what keeps it from going on, a few lines; it goes with
   * the cluster when that is closed}
   *
   * @throws IOException if it cannot be read
   */
  public String lastWords() throws IOException {
    StringBuilder words = new StringBuilder();
    try (Stream<Path> places = Files.list(folder)) {
      for (Path place : places.sorted().toList()) {
        byte[] said = Files.readAllBytes(place.resolve(ERRORS));
        words.append(place.getFileName()).append(": ");
        for (int i = Math.max(0, said.length - MOST_WORDS_BYTES); i < said.length; i++) {
          boolean isText = (said[i] >= ' ' && said[i] < 0x7f) || said[i] == '\n';
          words.append(isText ? (char) said[i] : '?');
        }
        words.append('\n');
      }
    }
    return words.toString();
  }

  /** At once: nothing is written any more by a server when this returns. */
  private static void stop(Server server) {
    ProcessHandle.of(server.pid).ifPresent(ProcessHandle::destroyForcibly);
    ProcessHandle guard = server.guard.toHandle();
    try {
      server.guard.getOutputStream().close();
    } catch (IOException e) {
      guard.destroyForcibly();
    }
    ProcessHandle.of(server.pid).ifPresent(one -> one.onExit().join());
    guard.onExit().join();
  }

  private static void signal(String name, long pid) throws IOException {
    try {
      int code = new ProcessBuilder("kill", name, Long.toString(pid)).start().waitFor();
      if (code != 0) {
        throw new IOException("signal could not be sent: " + name + " pid=" + pid);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** All at once, so that they differ. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      List<Integer> ports = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        ports.add(socket.getLocalPort());
      }
      return ports;
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
