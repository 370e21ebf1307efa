package dev.grantstore.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.keyvalue.Answers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawn syncs, drawn engines: what is saved, opened and taken in answers as what it came from. */
final class SyncFilesProperties {
  private static final List<String> ENGINES =
      List.of(
          "memory",
          "rocksdb page_bytes=512",
          "rocksdb packed=0",
          "rocksdb",
          "mvstore",
          "lmdb",
          "sqlite");
  private static final int FEW = 2;
  private static final int MANY = 300;
  private static final int MOST_GRANTS = 300;
  private static final int ASKED = 12;

  @TempDir Path folder;

  @Test
  void fewDrawnSyncsGoThroughAContainer() throws Exception {
    for (long seed = 0; seed < FEW; seed++) {
      assertSame(seed);
    }
  }

  @Tag("deep")
  @Test
  void manyDrawnSyncsGoThroughAContainer() throws Exception {
    for (long seed = FEW; seed < MANY; seed++) {
      assertSame(seed);
    }
  }

  private void assertSame(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Path place = Files.createDirectory(folder.resolve("seed-" + seed));
    List<Grant> first = Containers.grants(random.nextLong(), random.nextInt(MOST_GRANTS));
    List<Grant> second = Containers.grants(random.nextLong(), random.nextInt(ASKED));
    String source = drawn(random);
    String target = drawn(random);
    boolean isAround = random.nextInt(3) == 0;
    String what = seed + ": " + source + (isAround ? ", around it," : "") + " to " + target;
    Answers questions = new Answers();
    questions.ask("s", first.subList(0, Math.min(ASKED, first.size())));
    questions.ask("t", second);
    BulkLoadOptions loading = new BulkLoadOptions(1 << 20, 1 + random.nextInt(3));
    Path file = place.resolve("x.gsync");
    try (GrantStore store = Containers.store(source, place.resolve("source"));
        GrantStore taken = Containers.store(target, place.resolve("target"))) {
      Containers.seal(store, "t", second);
      Containers.seal(store, "s", first);
      GrantStore from = isAround ? new ForwardingGrantStore(store) : store;
      SyncFiles.save(from, List.of("s", "t"), file, SaveOptions.defaults().withSorting(loading));
      Map<String, Object> answers = questions.of(store);

      SyncFiles.verify(file);
      try (GrantStore container = SyncFiles.open(file, random.nextInt(1 << 16))) {
        assertThat(questions.of(container)).as(what).isEqualTo(answers);
      }
      SyncFiles.ingest(file, "s", taken, "s", loading);
      SyncFiles.ingest(file, "t", taken, "t", loading);
      assertThat(questions.of(taken)).as(what).isEqualTo(answers);
    }
  }

  private static String drawn(SplittableRandom random) {
    return ENGINES.get(random.nextInt(ENGINES.size()));
  }
}
