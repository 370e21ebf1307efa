package dev.grantstore.bench.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.grantstore.Utf8;
import dev.grantstore.fixture.json.PrettyJson;
import dev.grantstore.fixture.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The JSON form of a {@link RunResult}, of an {@link EncodingResult}, and of the records that forks
 * are asked with and answer with: field names are the record's, times are ISO 8601.
 */
public final class ResultJson {
  private static final int MAX_TEXT_LENGTH = 16 << 20;

  private static final ObjectMapper MAPPER =
      PrettyJson.of(StrictJson.mapper(MAX_TEXT_LENGTH))
          .addModule(new JavaTimeModule())
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private ResultJson() {}

  /**
   * {@return the result as JSON text, ended by a line feed}
   *
   * @param result written
   */
  public static String encode(RunResult result) {
    return text(result);
  }

  /**
   * {@return the result as JSON text, ended by a line feed}
   *
   * @param result written
   */
  public static String encode(EncodingResult result) {
    return text(result);
  }

  private static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("value has no JSON form", e);
    }
  }

  /**
   * {@return the result that {@link #encode(RunResult)} wrote}
   *
   * @param json the text
   * @throws ResultFormatException if it is not the JSON form of a result, or of another version of
   *     the model; the message says which
   */
  public static RunResult decode(String json) throws ResultFormatException {
    try {
      JsonNode tree = MAPPER.readTree(StrictJson.check(json));
      JsonNode version = tree.path("formatVersion");
      if (!version.isIntegralNumber()) {
        throw new ResultFormatException("not a result of storage-bench: it has no format version");
      }
      if (version.longValue() != RunResult.FORMAT_VERSION) {
        throw new ResultFormatException(
            "result has format version %s, this program reads %d: use the one that wrote it"
                .formatted(version.asText(), RunResult.FORMAT_VERSION));
      }
      return MAPPER.treeToValue(tree, RunResult.class);
    } catch (JsonProcessingException e) {
      throw new ResultFormatException(
          "not a result of storage-bench: " + StrictJson.problem(e, json), e);
    } catch (IllegalArgumentException e) {
      throw new ResultFormatException("not a result of storage-bench: " + e.getMessage(), e);
    }
  }

  /**
   * {@return the record that {@link #save} wrote}
   *
   * @param file read
   * @param type the record's
   * @param <T> the record's
   * @throws IOException if it cannot be read, or holds something else
   */
  public static <T extends Record> T read(Path file, Class<T> type) throws IOException {
    try {
      return MAPPER.readValue(StrictJson.check(Utf8.read(file)), type);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "file is not what is expected: file=%s expected=%s".formatted(file, type.getSimpleName()),
          e);
    }
  }

  /**
   * Writes a record to a file under a temporary name beside it, and renames it when it is whole.
   *
   * @param value written
   * @param file replaced if it is there
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public static void save(Record value, Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path folder = whole.getParent();
    if (folder == null) {
      throw new IOException("not a file: " + file);
    }
    long pid = ProcessHandle.current().pid();
    Path part = folder.resolve(".%s.%d.part".formatted(whole.getFileName(), pid));
    try {
      Files.writeString(part, text(value));
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
