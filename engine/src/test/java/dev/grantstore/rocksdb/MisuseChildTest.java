package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.keyvalue.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No misuse of the public API kills the JVM; with asserts, and without, where RocksDB's are off.
 */
final class MisuseChildTest {
  @TempDir Path folder;

  @Test
  void misuseIsRefusedAndDoesNotKillTheJvm() throws Exception {
    Path held = folder.resolve("held");
    try (GrantStore store = Misuse.filledStore(held)) {
      // A refused opening must not give up the lock that this process has.
      Misuse.refusedWith(Reason.LOCKED, () -> Misuse.open(held, OpenMode.OPEN).close());
      runChildren(held);
      Misuse.readAll(store);
    }
  }

  private void runChildren(Path held) throws IOException, InterruptedException {
    // Without asserts, as most run it; with them in the deep tier.
    for (String asserts :
        Boolean.getBoolean("tests.deep") ? List.of("-da", "-ea") : List.of("-da")) {
      try (ChildJvm child = start(asserts, held)) {
        assertAllDone(child);
      }
    }
  }

  private ChildJvm start(String asserts, Path held) throws IOException {
    Path own = Files.createDirectory(folder.resolve(asserts));
    String tier = "-Dtests.deep=" + Boolean.getBoolean("tests.deep");
    return ChildJvm.start(
        own, List.of(asserts, tier), MisuseChild.class, own.toString(), held.toString());
  }

  private static void assertAllDone(ChildJvm child) throws IOException, InterruptedException {
    int exitCode = child.awaitExit();

    // Its last line names the misuse that it died of.
    assertThat(child.crashSigns()).as("the JVM died: %s", child.output()).isEmpty();
    assertThat(child.lines()).as(child.output()).contains(MisuseChild.DONE);
    assertThat(exitCode).as(child.output()).isZero();
  }
}
