package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.layout.Keyspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

final class RocksHandlesTest {
  private static final StoreOptions OPTIONS =
      StoreOptions.of(OpenMode.OPEN).withCacheBytes(64 << 20);

  private static final RocksSettings SETTINGS = RocksSettings.of(OPTIONS);

  @TempDir Path folder;

  @BeforeAll
  static void loadLibrary() {
    RocksLibrary.load();
  }

  @Test
  void aFailedOpeningGivesUpTheDatabase() throws Exception {
    RocksHandles.open(folder, OPTIONS, SETTINGS, true).close();
    Path current = folder.resolve("CURRENT");
    String content = Files.readString(current);
    Files.writeString(current, "MANIFEST-999999\n");
    for (int i = 0; i < 20; i++) {
      assertThatExceptionOfType(RocksDBException.class)
          .isThrownBy(() -> RocksHandles.open(folder, OPTIONS, SETTINGS, false));
    }

    Files.writeString(current, content);
    RocksHandles.open(folder, OPTIONS, SETTINGS, false).close();
  }

  @Test
  void aFailedOpeningReleasesWhatWasMadeBefore() throws Exception {
    List<String> released = new ArrayList<>();
    NativeOwner owner = new NativeOwner();
    owner.own(() -> released.add("first"));
    try (RocksHandles holder = RocksHandles.open(folder, OPTIONS, SETTINGS, true)) {
      assertThatExceptionOfType(RocksDBException.class)
          .isThrownBy(() -> RocksHandles.open(folder, OPTIONS, SETTINGS, false, owner));

      assertThat(released).as("released last, so all after it were").containsExactly("first");
      assertThat(holder.db().isOwningHandle()).isTrue();
    }
  }

  @Test
  void closingTwiceDoesNothing() throws Exception {
    RocksHandles handles = RocksHandles.open(folder, OPTIONS, SETTINGS, true);
    handles.close();
    handles.close();

    assertThat(handles.db().isOwningHandle()).isFalse();
    assertThat(handles.keyspace(Keyspace.META).isOwningHandle()).isFalse();
    assertThat(handles.readOptions().isOwningHandle()).isFalse();
    assertThat(handles.cache().isOwningHandle()).isFalse();
  }
}
