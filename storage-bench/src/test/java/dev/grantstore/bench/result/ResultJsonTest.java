package dev.grantstore.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.bench.testengine.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultJsonTest {
  @TempDir private Path folder;

  @Test
  void decodesWhatItEncoded() throws IOException {
    RunResult result = Results.aResult();

    assertThat(ResultJson.decode(ResultJson.encode(result))).isEqualTo(result);
  }

  @Test
  void truncatedTextIsRefused() {
    String json = ResultJson.encode(Results.aResult());

    assertThatThrownBy(() -> ResultJson.decode(json.substring(0, json.length() / 2)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void missingFieldIsRefused() {
    String json = ResultJson.encode(Results.aResult()).replace("\"formatVersion\"", "\"other\"");

    assertThatThrownBy(() -> ResultJson.decode(json)).isInstanceOf(IOException.class);
  }

  @Test
  void savedFileReplacesTheOldOneAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file, "old");

    ResultJson.save(Results.aResult(), file);

    assertThat(ResultJson.decode(Files.readString(file))).isEqualTo(Results.aResult());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList()).isEqualTo(List.of(file));
    }
  }

  @Test
  void missingFolderIsRefused() {
    Path file = folder.resolve("no/such/result.json");

    assertThatThrownBy(() -> ResultJson.save(Results.aResult(), file))
        .isInstanceOf(NoSuchFileException.class);
  }
}
