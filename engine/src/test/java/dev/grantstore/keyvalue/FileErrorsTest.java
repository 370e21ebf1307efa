package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FileErrorsTest {
  @Test
  void anInterruptIsATimeout() {
    assertThat(FileErrors.wrap("load failed", new ClosedByInterruptException()).reason())
        .isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void aFullDiskIsTold() {
    IOException full = new IOException("x: No space left on device");

    assertThat(FileErrors.wrap("load failed", full).reason()).isEqualTo(Reason.NO_SPACE);
    assertThat(FileErrors.wrap("load failed", new IOException("other")).reason())
        .isEqualTo(Reason.IO);
  }

  @Test
  void whatTheSystemSaysInAnotherLanguageIsAskedOfTheDisk() {
    IOException full = new IOException("Auf dem Ger\u00e4t ist kein Speicherplatz verf\u00fcgbar");
    IOException frozen = new FileSystemException("/a", null, "Dateisystem ist nur lesbar");

    assertThat(FileErrors.reason(full, new Disk(1_000, false))).isEqualTo(Reason.NO_SPACE);
    assertThat(FileErrors.reason(frozen, new Disk(0, true))).isEqualTo(Reason.NOT_WRITABLE);
    assertThat(FileErrors.reason(full, new Disk(1L << 40, false))).isEqualTo(Reason.IO);
    assertThat(FileErrors.reason(full, null)).isEqualTo(Reason.IO);
    assertThat(FileErrors.reason(new NoSuchFileException("/a"), new Disk(0, false)))
        .isEqualTo(Reason.IO);
  }

  @Test
  void aStoreThatCannotBeOpenedIsNamedOnce() {
    Path store = Path.of("/s/store");
    IOException plain = new IOException("No space left on device");
    IOException named = new FileSystemException("/s/store/LOCK", null, "No space left on device");

    assertThat(FileErrors.wrapOpening(plain, store))
        .hasMessage("store cannot be opened: /s/store: No space left on device");
    assertThat(FileErrors.wrapOpening(named, store))
        .hasMessage("store cannot be opened: /s/store/LOCK: No space left on device");
    assertThat(FileErrors.wrapOpening(plain))
        .hasMessage("store cannot be opened: No space left on device");
  }

  @Test
  void classesAreNotNamed() {
    assertThat(FileErrors.wrap("sync failed", new IOException("broken")))
        .hasMessage("sync failed: broken");
  }

  private static final class Disk extends FileStore {
    private final long usable;
    private final boolean readOnly;

    Disk(long usable, boolean readOnly) {
      this.usable = usable;
      this.readOnly = readOnly;
    }

    @Override
    public String name() {
      return "disk";
    }

    @Override
    public String type() {
      return "fake";
    }

    @Override
    public boolean isReadOnly() {
      return readOnly;
    }

    @Override
    public long getTotalSpace() {
      return 1L << 41;
    }

    @Override
    public long getUsableSpace() {
      return usable;
    }

    @Override
    public long getUnallocatedSpace() {
      return usable;
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
      return false;
    }

    @Override
    public boolean supportsFileAttributeView(String name) {
      return false;
    }

    @Override
    public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
      return null;
    }

    @Override
    public Object getAttribute(String attribute) {
      throw new UnsupportedOperationException(attribute);
    }
  }
}
