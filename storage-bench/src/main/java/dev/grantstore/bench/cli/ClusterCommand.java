package dev.grantstore.bench.cli;

import dev.grantstore.folder.LockedFolder;
import dev.grantstore.kudu.LocalCluster;
import dev.grantstore.kudu.LocalCluster.Ended;
import dev.grantstore.tool.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code storage-bench cluster}. */
@Command(
    name = "cluster",
    description = {
      "Start an Apache Kudu cluster on this machine to try things out, until Ctrl-C; then nothing"
          + " is left of it. When a server ends, the others are stopped, and its log is kept. Linux"
          + " x86-64 alone.",
      "Its servers are Kudu's test binaries, which you bring: no encryption, no authentication, no"
          + " patches, and nothing is synced to disk. Never deploy them, and do not take their"
          + " figures for those of a cluster: all servers share this machine."
    },
    sortOptions = false,
    exitCodeList = {
      ExitCode.HELP_OK,
      ExitCode.HELP_FAILURE,
      ExitCode.HELP_USAGE,
      ExitCode.HELP_INTERRUPTED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mvn dependency:copy -DoutputDirectory=. \\",
      "      -Dartifact=org.apache.kudu:kudu-binary:1.18.0:jar:linux-x86_64",
      "  storage-bench cluster --binaries kudu-binary-1.18.0-linux-x86_64.jar",
      "  storage-bench run --engine rocksdb,kudu:127.0.0.1:PORT/try --grants 100k",
    })
final class ClusterCommand implements Callable<Integer> {
  /** Each wants some hundred MiB. */
  private static final int MOST_SERVERS = 9;

  private static final long LOOK_MILLIS = 500;

  private final Session session;

  @Spec private CommandSpec spec;

  @Option(
      names = "--servers",
      paramLabel = "N",
      defaultValue = "3",
      description = "Tablet servers, beside one master: 1 to 9. Default: ${DEFAULT-VALUE}")
  private int servers;

  @Option(
      names = "--binaries",
      paramLabel = "JAR-OR-FOLDER",
      required = true,
      description = "kudu-binary's jar for linux-x86_64, or the folder it was unpacked into.")
  private Path binaries;

  ClusterCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (servers < 1 || servers > MOST_SERVERS) {
      throw new ParameterException(
          spec.commandLine(), "--servers is 1 to " + MOST_SERVERS + ": " + servers);
    }
    CountDownLatch asked = new CountDownLatch(1);
    session.process().interruption().whenRequested(asked::countDown);
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    LockedFolder.removeTemporary(temp);
    session.say("starting a master and " + servers + " tablet servers");
    try (LockedFolder home = LockedFolder.temporary(temp, "cluster");
        LocalCluster cluster = LocalCluster.start(binaries, home.path(), servers)) {
      PrintWriter out = session.out();
      out.print("master   " + cluster.masters() + "\n");
      out.print("address  " + cluster.address("NAME") + "\n");
      out.print(
          "pids     "
              + cluster.pids().stream().map(String::valueOf).collect(Collectors.joining(" "))
              + "\n");
      out.flush();
      session.say("ready; Ctrl-C ends it");
      while (!asked.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        Optional<Ended> ended = cluster.ended();
        if (ended.isPresent()) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "%s, log in %s; the others are stopped, and said last:\n%s",
                  ended.get(),
                  ended.get().keepLog(temp),
                  cluster.lastWords()));
        }
      }
      return ExitCode.INTERRUPTED;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }
}
