package dev.grantstore.equivalence.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What broke a relation once is run for ever: every file under resources/replays/relations, whose
 * name begins with the relation's.
 */
final class RelationReplaysTest {
  private static final Path REPLAYS = Path.of("src", "test", "resources", "replays", "relations");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> replays() throws IOException {
    try (Stream<Path> files = Files.list(REPLAYS)) {
      return files.sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> replay(file)));
    }
  }

  private void replay(Path file) throws IOException {
    ReplayFile replay = ReplayFile.parse(Files.readString(file));
    String name = String.valueOf(file.getFileName());
    Relation relation = Relations.of(Oracle.valueOf(name.substring(0, name.indexOf('-'))));
    Path stores = Files.createDirectory(folder.resolve(name));
    Path others = Files.createDirectory(folder.resolve(name + "-other"));
    try (Subject rocks = FolderSubject.of("rocksdb", stores, 25);
        Subject sqlite = FolderSubject.of("sqlite", others, 25)) {
      for (RelationCheck check : checks(relation, rocks, sqlite)) {
        Optional<BrokenRelation> broken = check.any(replay.workload(), any -> true);
        assertThat(broken.map(b -> b.divergence().signature()))
            .as(() -> broken.map(BrokenRelation::text).orElse("equal"))
            .isEqualTo(replay.signature());
      }
    }
  }

  private static List<RelationCheck> checks(Relation relation, Subject rocks, Subject sqlite) {
    return relation.equals(Relations.OTHER_ENGINE)
        ? List.of(RelationCheck.between(relation, rocks, sqlite))
        : List.of(RelationCheck.of(relation, rocks), RelationCheck.of(relation, sqlite));
  }
}
