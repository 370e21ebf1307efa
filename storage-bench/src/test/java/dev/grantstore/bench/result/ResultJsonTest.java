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
  void otherFormatVersionIsNamed() {
    String json = ResultJson.encode(Results.aResult());
    String old = json.replace("\"formatVersion\" : 3", "\"formatVersion\" : 2");

    assertThat(old).isNotEqualTo(json);
    assertThatThrownBy(() -> ResultJson.decode(old))
        .isInstanceOf(ResultFormatException.class)
        .hasMessageContaining("format version 2, this program reads 3");
  }

  @Test
  void textThatIsNoResultIsRefused() {
    assertThatThrownBy(() -> ResultJson.decode("")).isInstanceOf(ResultFormatException.class);
    assertThatThrownBy(() -> ResultJson.decode("[1]")).isInstanceOf(ResultFormatException.class);
    assertThatThrownBy(() -> ResultJson.decode("{\"formatVersion\": 3}"))
        .isInstanceOf(ResultFormatException.class);
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
