package dev.grantstore.equivalence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.container.SyncFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkpoint and a container are there once they were made, and whole, if the power goes. */
final class CopiesAndPowerTest {
  private static final List<Grant> GRANTS =
      Script.further().stream().sorted(Comparator.comparing(Grant::id)).toList();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void whatWasCopiedIsThereWhateverWasNotForced(String engine) throws Exception {
    RecordedDisk disk = recorded(engine);
    Set<String> made = new HashSet<>();
    for (RecordedDisk.Mark mark : disk.marks()) {
      if (!mark.text().equals(RecordedWriter.END)) {
        made.add(mark.text());
        Path image = written(disk.image(mark.event(), Survival.ofCertain()), mark.text());
        for (String name : made) {
          assertCopy(engine, image.resolve(name));
        }
      }
    }
    assertThat(made).contains("copied", RecordedCopies.CONTAINER);
  }

  private RecordedDisk recorded(String engine) throws Exception {
    try (Recorder recorder = Recorder.make()) {
      return recorder.record(
          RecordedCopies.class, engine, List.of(List.of()), folder, path -> false);
    } catch (CannotRecordException e) {
      Assumptions.abort(e.banner());
      throw e;
    }
  }

  private Path written(SortedMap<String, byte[]> image, String name) throws IOException {
    Path top = Files.createDirectory(folder.resolve("at-" + name));
    for (Map.Entry<String, byte[]> entry : image.entrySet()) {
      Path place = top.resolve(entry.getKey());
      if (entry.getKey().endsWith("/")) {
        Files.createDirectory(place);
      } else {
        Files.write(place, entry.getValue());
      }
    }
    return top;
  }

  private static void assertCopy(String engine, Path place) {
    boolean isContainer = place.endsWith(RecordedCopies.CONTAINER);
    try (GrantStore copy =
        isContainer
            ? SyncFiles.open(place, StoreOptions.DEFAULT_CACHE_BYTES)
            : Judge.open(engine, place, OpenMode.OPEN)) {
      assertThat(grants(copy, RecordedCopies.SEALED)).as("%s", place).isEqualTo(GRANTS);
      if (!isContainer) {
        assertThat(grants(copy, RecordedCopies.OPEN)).as("%s", place).isEqualTo(GRANTS);
        assertThat(copy.verify().findings()).as("%s", place).isEmpty();
      }
    }
  }

  private static List<Grant> grants(GrantStore store, String syncId) {
    List<Grant> grants = new ArrayList<>();
    try (GrantCursor rows = store.cursor(new GrantQuery.Scan(syncId))) {
      while (rows.next()) {
        grants.add(rows.grant());
      }
    }
    return grants;
  }
}
