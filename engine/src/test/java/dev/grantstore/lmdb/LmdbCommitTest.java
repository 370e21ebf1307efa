package dev.grantstore.lmdb;

import static dev.grantstore.lmdb.SampleStore.SYNC;
import static dev.grantstore.lmdb.SampleStore.assertRefused;
import static dev.grantstore.lmdb.SampleStore.fill;
import static dev.grantstore.lmdb.SampleStore.grant;
import static dev.grantstore.lmdb.SampleStore.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jnr.constants.platform.OpenFlags;
import jnr.ffi.LibraryLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.lmdbjava.Txn;

/** The moment between a commit of LMDB's and what the store does after it. */
final class LmdbCommitTest {
  private static final StoreOptions OPTIONS = StoreOptions.of(OpenMode.OPEN);
  private static final int MANY_BYTES = 1 << 20;

  @TempDir private Path temp;
  private Path location;
  private Path file;

  @BeforeEach
  void createStore() {
    location = temp.resolve("store");
    file = location.resolve("grants.mdb");
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
    }
  }

  @Test
  void whatACommitAddsIsReadBeforeItIsTakenNoteOf() throws IOException {
    byte[] key = {'k', 0};
    byte[] written = new byte[MANY_BYTES];
    written[MANY_BYTES - 1] = 7;
    try (LmdbFile lmdb = LmdbFile.open(file, OPTIONS)) {
      try (Txn<NativeBytes> txn = lmdb.beginWrite()) {
        put(lmdb, txn, key, written);
        txn.commit();
      }
      try (Session session = new Session(lmdb)) {
        assertThat(session.value(Keyspace.META, key)).isEqualTo(written);
      }
    }
  }

  @Test
  void aProcessThatDiesBeforeTheFileIsMadeLongerLeavesAStore() throws IOException {
    byte[] key = {'k', 0};
    long taken;
    try (LmdbFile lmdb = LmdbFile.open(file, OPTIONS)) {
      try (Txn<NativeBytes> txn = lmdb.beginWrite()) {
        // Pages that are taken and given up again are never written.
        NativeBytes at = put(lmdb, txn, key, new byte[MANY_BYTES]);
        lmdb.keyspace(Keyspace.META).delete(txn, at);
        txn.commit();
      }
      taken = (lmdb.info().lastPageNumber + 1) * lmdb.pageBytes();
    }
    assertThat(Files.size(file)).isLessThan(taken - MANY_BYTES / 2);

    try (GrantStore store = open(OpenMode.READ_ONLY)) {
      assertThat(ids(store)).hasSize(10);
    }
    try (GrantStore store = open(OpenMode.OPEN)) {
      store.put(SYNC, grant(10));
      assertThat(ids(store)).hasSize(11);
    }
    assertThat(Files.size(file)).isGreaterThanOrEqualTo(taken);
  }

  @Test
  void whenTheFileCannotBeMadeWholeNothingMoreIsWritten() throws IOException {
    Path aside = location.resolve("aside");
    List<Grant> more = IntStream.range(10, 2_000).mapToObj(SampleStore::grant).toList();
    try (GrantStore store = open(OpenMode.OPEN)) {
      Files.move(file, aside);
      assertRefused(Reason.IO, () -> store.putAll(SYNC, more));
      Files.move(aside, file);

      assertThatThrownBy(() -> store.put(SYNC, grant(5_000)))
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining("reopen");
      assertThatThrownBy(() -> store.drop(SYNC)).hasMessageContaining("reopen");
      assertThat(ids(store)).hasSize(2_000);
    }
    try (GrantStore store = open(OpenMode.OPEN)) {
      DigestAccumulator content = new DigestAccumulator();
      IntStream.range(0, 2_000).mapToObj(SampleStore::grant).forEach(content::add);
      assertThat(store.seal(SYNC, SampleStore.NOW).digest()).contains(content.digest());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void afterACommitWithAnUnknownEndNothingMoreIsWritten() throws IOException {
    try (GrantStore store = open(OpenMode.OPEN)) {
      // LMDB's writes fail from now on, and not for want of room.
      redirectWrites(location.resolve("LOCK"), OpenFlags.O_RDONLY);
      assertRefused(Reason.IO, () -> store.put(SYNC, grant(10)));

      assertThatThrownBy(() -> store.put(SYNC, grant(11)))
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining("reopen");
      assertThatThrownBy(() -> store.drop(SYNC)).hasMessageContaining("reopen");
      assertThat(ids(store)).hasSize(10);
    }
    try (GrantStore store = open(OpenMode.OPEN)) {
      assertThat(ids(store)).hasSize(10);
      store.put(SYNC, grant(10));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDropWhoseCommitFailsLeavesTheSyncToReaders() throws IOException {
    try (GrantStore store = open(OpenMode.OPEN)) {
      redirectWrites(location.resolve("LOCK"), OpenFlags.O_RDONLY);
      assertRefused(Reason.IO, () -> store.drop(SYNC));
      assertThat(ids(store)).hasSize(10);
    }
  }

  @Test
  void aResultOfLmdbsThatNobodyKnowsIsAnErrorOfTheStore() {
    RuntimeException unknown = new IllegalArgumentException("Unknown result code -30779");

    assertThat(LmdbErrors.wrap("write failed", unknown, file))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IO));
    RuntimeException ours = new IllegalArgumentException("grant id is empty");
    assertThat(LmdbErrors.wrap("write failed", ours, file)).isSameAs(ours);
  }

  /** What the test needs of the C library. */
  public interface Libc {
    int open(String path, int flags);

    int dup2(int from, int to);

    int close(int file);
  }

  /** Makes what LMDB has open of the store's file another file. */
  private void redirectWrites(Path to, OpenFlags flags) throws IOException {
    Libc libc = LibraryLoader.create(Libc.class).load("c");
    int other = libc.open(to.toString(), flags.intValue());
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path link : open.toList()) {
        if (Files.isSymbolicLink(link) && isOurs(link)) {
          libc.dup2(other, Integer.parseInt(link.getFileName().toString()));
        }
      }
    }
    libc.close(other);
  }

  private boolean isOurs(Path link) {
    try {
      return Files.readSymbolicLink(link).equals(file.toRealPath());
    } catch (IOException e) {
      // It was closed meanwhile.
      return false;
    }
  }

  private GrantStore open(OpenMode mode) {
    return GrantStores.open("lmdb:" + location, StoreOptions.of(mode));
  }

  /** Puts a row; its key, for another call. */
  private static NativeBytes put(LmdbFile lmdb, Txn<NativeBytes> txn, byte[] key, byte[] value) {
    NativeBytes at = new NativeBytes();
    at.set(key, key.length);
    lmdb.keyspace(Keyspace.META).reserve(txn, at, value.length).fill(value, value.length);
    return at;
  }
}
