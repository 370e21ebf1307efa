package dev.grantstore.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grantstore.bench.compare.Comparison;
import dev.grantstore.bench.compare.Terms;
import dev.grantstore.bench.report.Style;
import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.ResultFormatException;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.run.CellRunner.Answer;
import dev.grantstore.bench.testengine.Results;
import dev.grantstore.bench.testengine.WideResults;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * F14: Each field of a result deleted, nulled and replaced by each other kind of value: what is
 * read all the same can be shown in every form and compared, and what is refused is named, in our
 * words.
 */
final class MutatedResultsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<JsonNode> VALUES =
      List.of(
          JSON.nullNode(),
          JSON.textNode(""),
          JSON.textNode("\u001b]0;owned\u0007"),
          JSON.textNode("NaN"),
          JSON.textNode("2026-13-45T99:00:00Z"),
          JSON.textNode("-1000000000-01-01T00:00:00Z"),
          JSON.textNode("PT2562047788015215H"),
          JSON.numberNode(-7),
          JSON.numberNode(0),
          JSON.numberNode(1.5),
          JSON.numberNode(1e300),
          JSON.numberNode(Long.MIN_VALUE),
          JSON.numberNode(new BigInteger("99999999999999999999999")),
          JSON.booleanNode(true),
          JSON.arrayNode(),
          JSON.arrayNode().addNull(),
          JSON.objectNode());

  /** Names of classes, of libraries and of their parts, and what moves a cursor. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "java\\.|\\bjdk\\b|dev\\.grantstore\\.|jackson|deserializ|JsonToken|creator|Cannot|`|ArrayList"
              + "|\\p{Cntrl}");

  /** Each place is mutated in some ways, and in each way one place in so many. */
  private static final int STEP = Boolean.getBoolean("tests.deep") ? 3 : 192;

  @TempDir private Path folder;

  /** One place of a tree: a field of an object, or an element of a list. */
  private record Place(
      String path, String outer, String field, JsonNode parent, String name, int index) {
    JsonNode value() {
      return parent instanceof ObjectNode ? parent.get(name) : parent.get(index);
    }

    void set(JsonNode value) {
      if (parent instanceof ObjectNode object) {
        object.set(name, value);
      } else {
        ((ArrayNode) parent).set(index, value);
      }
    }

    void remove() {
      if (parent instanceof ObjectNode object) {
        object.remove(name);
      } else {
        ((ArrayNode) parent).remove(index);
      }
    }
  }

  @Test
  void everyFieldOfAResultDeletedNulledAndRetyped() throws IOException {
    JsonNode tree = MAPPER.readTree(ResultJson.encode(Results.aResult()));
    everyMutation(tree, MutatedResultsTest::showAndCompare);
  }

  @Test
  void everyFieldOfAnAnswerDeletedNulledAndRetyped() throws IOException {
    Path file = folder.resolve("fork.answer.json");
    ResultJson.save(Answer.of(answer()), file);
    everyMutation(
        MAPPER.readTree(file.toFile()),
        text -> {
          Files.writeString(file, text);
          ResultJson.read(file, Answer.class);
        });
  }

  private static ForkResult answer() {
    RunResult run = Results.aResult();
    EngineResult engine = run.engines().get(0);
    return new ForkResult(
        run.startedAt(),
        run.endedAt(),
        false,
        engine.fixture(),
        engine.facts(),
        run.environment(),
        engine.disk(),
        engine.resident(),
        List.of(run.cells().get(0).forks().get(0).cell()),
        new TreeMap<>());
  }

  @Test
  void severalFieldsAtOnceInAWideResult() throws IOException {
    String wide = ResultJson.encode(WideResults.aWideResult());
    for (long seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      JsonNode tree = MAPPER.readTree(wide);
      for (int i = random.nextInt(3); i >= 0; i--) {
        List<Place> places = places(tree);
        Place place = places.get(random.nextInt(places.size()));
        if (random.nextBoolean()) {
          place.remove();
        } else {
          place.set(VALUES.get(random.nextInt(VALUES.size())).deepCopy());
        }
      }
      Place any = new Place("seed " + seed, "", "", tree, "", 0);
      check(any, 0, MAPPER.writeValueAsString(tree), MutatedResultsTest::showAndCompare);
    }
  }

  private interface Reader {
    void read(String text) throws IOException;
  }

  private static void everyMutation(JsonNode tree, Reader reader) throws IOException {
    List<Consumer<Place>> mutations = new ArrayList<>(List.of(Place::remove));
    VALUES.forEach(value -> mutations.add(place -> place.set(value)));
    int start = 0;
    for (Place place : places(tree)) {
      JsonNode before = place.value();
      start++;
      for (int i = start % STEP; i < mutations.size(); i += STEP) {
        mutations.get(i).accept(place);
        String text = MAPPER.writeValueAsString(tree);
        check(place, i, text, reader);
        if (i == 0 && place.parent() instanceof ArrayNode list) {
          list.insert(place.index(), before);
        } else {
          place.set(before);
        }
      }
    }
  }

  /** Where a value is refused by the object it is in, or is too large in a map, that is named. */
  private static void check(Place place, int mutation, String text, Reader reader) {
    String what = String.format(Locale.ROOT, "%s, mutation %d", place.path(), mutation);
    try {
      reader.read(text);
    } catch (ResultFormatException e) {
      String message = String.valueOf(e.getMessage());
      assertThat(message).as(what).doesNotContainPattern(FOREIGN).hasSizeLessThan(400);
      boolean named =
          message.contains(place.field())
              || message.contains(place.outer() + ": ")
              || (place.field().equals("formatVersion") && message.contains("format version"));
      assertThat(named).as("%s is named: %s", what, message).isTrue();
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(what, e);
    }
  }

  private static void showAndCompare(String text) throws IOException {
    RunResult result = ResultJson.decode(text);
    for (OutputFormat format : OutputFormat.values()) {
      String shown = format.report().render(result, Style.PLAIN);
      assertThat(shown.indexOf('\u001b')).as(format.toString()).isNegative();
    }
    Comparison.of(Results.aResult(), result, Terms.USUAL);
    Comparison.of(result, Results.aResult(), Terms.USUAL);
  }

  private static List<Place> places(JsonNode tree) {
    List<Place> places = new ArrayList<>();
    add(tree, "", "", "", places);
    return places;
  }

  private static void add(
      JsonNode node, String path, String outer, String field, List<Place> places) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        String name = entry.getKey();
        String inner = path.isEmpty() ? name : path + "." + name;
        places.add(new Place(inner, field, name, object, name, -1));
        add(entry.getValue(), inner, field, name, places);
      }
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        String inner = String.format(Locale.ROOT, "%s[%d]", path, i);
        places.add(new Place(inner, outer, field, list, "", i));
        add(list.get(i), inner, outer, field, places);
      }
    }
  }
}
