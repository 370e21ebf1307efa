package dev.grantstore.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.Results;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Each single thing by which two measurements may differ is named, or is one of those that one
 * compares. A thing that is new fails here until somebody says which it is.
 */
final class LikenessTest {
  private static final String MAY_DIFFER = "";
  private static final RunResult RESULT = Results.aResult();

  @Test
  void twoOfTheSameAreAlike() {
    assertThat(Likeness.ofRuns(RESULT, RESULT)).isEmpty();
    assertThat(engines(RESULT)).isEmpty();
    assertThat(Likeness.ofCells(RESULT.cells().get(0), RESULT.cells().get(0))).isEmpty();
  }

  @Test
  void machinesAreComparedInAllThatTheyAre() throws IOException {
    Map<String, String> words =
        Map.ofEntries(
            Map.entry("jvm", "JVM"),
            Map.entry("jvmFlags", "JVM flags"),
            Map.entry("collectors", "collectors"),
            Map.entry("maxHeapBytes", "heap"),
            Map.entry("operatingSystem", "operating system"),
            Map.entry("kernel", "kernel"),
            Map.entry("cpu", "processor"),
            Map.entry("cores", "cores"),
            Map.entry("memoryBytes", "memory"),
            Map.entry("cgroupMemoryLimit", "memory limit"),
            Map.entry("cgroupCpuLimit", "core limit"),
            Map.entry("governor", "governor"),
            Map.entry("loadAverage", MAY_DIFFER),
            Map.entry("fileSystem", "file system"));
    assertEach("/environment", words, Likeness::ofRuns);
  }

  @Test
  void waysOfMeasuringAreCompared() throws IOException {
    Map<String, String> words =
        Map.of(
            "forks", MAY_DIFFER,
            "order", MAY_DIFFER,
            "cellTimeout", MAY_DIFFER,
            "cacheBytes", "cache bytes",
            "durability", "durability");
    assertEach("/method", words, Likeness::ofRuns);
    RunResult unforked = changed("/method", method -> method.put("forks", 0));
    assertThat(Likeness.ofRuns(RESULT, unforked)).containsExactly("forked: true against false");
  }

  @Test
  void enginesAreComparedInWhatTheyWereGiven() throws IOException {
    Map<String, String> facts =
        Map.of(
            "scheme", MAY_DIFFER,
            "version", MAY_DIFFER,
            "openMode", "open mode of rocksdb",
            "durability", "durability of rocksdb",
            "cacheBytes", "cache bytes of rocksdb",
            "options", MAY_DIFFER,
            "effectiveOptions", MAY_DIFFER);
    assertEach("/engines/0/facts", facts, (first, second) -> engines(second));
    Map<String, String> fixture =
        Map.of(
            "path", MAY_DIFFER,
            "origin", MAY_DIFFER,
            "syncId", MAY_DIFFER,
            "grants", "grants of rocksdb",
            "digest", "fixture digest of rocksdb",
            "generator", MAY_DIFFER,
            "createdAt", MAY_DIFFER,
            "load", MAY_DIFFER);
    assertEach("/engines/0/fixture", fixture, (first, second) -> engines(second));
  }

  @Test
  void storesOfOneClusterAreNotThoseOfAnother() throws IOException {
    Map<String, String> words =
        Map.of(
            "place", "cluster", "replicas", "replicas", "servers", "servers", "ranges", "ranges");
    for (Map.Entry<String, String> fact : words.entrySet()) {
      RunResult one = inCluster(fact.getKey(), "1");
      RunResult three = inCluster(fact.getKey(), "3");

      assertThat(Likeness.ofEngines(one.engines().get(0), three.engines().get(0)))
          .containsExactly(fact.getValue() + " of rocksdb: 1 against 3");
      assertThat(Likeness.ofEngines(one.engines().get(0), one.engines().get(0))).isEmpty();
      assertThat(Likeness.ofEngines(RESULT.engines().get(0), three.engines().get(0)))
          .containsExactly(fact.getValue() + " of rocksdb: not known against 3");
    }
  }

  @Test
  void cellsAreComparedInAllTheirSettings() throws IOException {
    Map<String, Object> others = new TreeMap<>();
    others.put("warmup", "PT0.5S");
    others.put("mostWarmup", "PT33S");
    others.put("duration", "PT0.7S");
    others.put("threads", 7);
    others.put("missRatio", 0.125);
    others.put("seed", 77);
    others.put("distribution", "ZIPF");
    others.put("temperature", "COLD");
    others.put("ratePerSecond", 123.0);
    assertThat(others.keySet())
        .containsExactlyInAnyOrderElementsOf(names(CellSettings.class.getRecordComponents()));
    for (Map.Entry<String, Object> other : others.entrySet()) {
      RunResult changed =
          changed(
              "/cells/0/settings", settings -> settings.putPOJO(other.getKey(), other.getValue()));

      assertThat(Likeness.ofCells(RESULT.cells().get(0), changed.cells().get(0)))
          .as(other.getKey())
          .singleElement()
          .asString()
          .startsWith("settings of ");
    }
  }

  private static List<String> engines(RunResult second) {
    return Likeness.ofEngines(RESULT.engines().get(0), second.engines().get(0));
  }

  private static RunResult inCluster(String fact, String value) throws IOException {
    return changed("/engines/0/facts/effectiveOptions", options -> options.put(fact, value));
  }

  /** Changes one field after the other. */
  private static void assertEach(
      String at, Map<String, String> words, BiFunction<RunResult, RunResult, List<String>> unlike)
      throws IOException {
    JsonNode object = new ObjectMapper().readTree(ResultJson.encode(RESULT)).at(at);
    List<String> fields = new ArrayList<>();
    object.fieldNames().forEachRemaining(fields::add);
    assertThat(words.keySet()).containsExactlyInAnyOrderElementsOf(fields);
    for (String field : fields) {
      RunResult changed = changed(at, node -> change(node, field));
      List<String> found = unlike.apply(RESULT, changed);
      String expected = words.getOrDefault(field, MAY_DIFFER);
      if (expected.equals(MAY_DIFFER)) {
        assertThat(found).as(field).isEmpty();
      } else {
        assertThat(found).as(field).singleElement().asString().startsWith(expected + ": ");
      }
    }
  }

  private static void change(ObjectNode object, String field) {
    JsonNode value = object.path(field);
    if (value instanceof ArrayNode array) {
      array.add("-Dother=1");
    } else if (value instanceof ObjectNode map) {
      map.put("other", "1");
    } else if (value.isNumber()) {
      object.put(field, value.longValue() + 1);
    } else if (value.asText().startsWith("PT")) {
      object.put(field, "PT77S");
    } else if (value.asText().endsWith("Z")) {
      object.put(field, "2026-01-01T00:00:09Z");
    } else {
      object.put(field, field.equals("digest") ? "0123".repeat(8) : value.asText() + "x");
    }
  }

  private static RunResult changed(String at, Consumer<ObjectNode> change) throws IOException {
    JsonNode tree = new ObjectMapper().readTree(ResultJson.encode(RESULT));
    change.accept((ObjectNode) tree.at(at));
    return ResultJson.decode(tree.toString());
  }

  private static List<String> names(RecordComponent[] components) {
    return Arrays.stream(components).map(RecordComponent::getName).toList();
  }
}
