package dev.grantstore.equivalence.card;

import static dev.grantstore.equivalence.card.Cards.aCard;
import static dev.grantstore.equivalence.card.Cards.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.grantstore.equivalence.card.Card.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CardJsonTest {
  @Test
  void everythingIsThere() throws IOException {
    JsonNode card =
        parse(
            CardJson.of(
                aCard(
                    List.of(Cards.someRuns()),
                    rule("a", Outcome.PASSED, "READ"),
                    rule("b", Outcome.NOT_CLAIMED, "LOAD", "KEEP"))));

    assertThat(card.get("format").asInt()).isEqualTo(1);
    assertThat(card.get("engine").asText()).isEqualTo("rocksdb");
    assertThat(card.get("verdict").asText()).isEqualTo("CONFORMS");
    assertThat(card.at("/capabilities/1/claimed").asBoolean(true)).isFalse();
    assertThat(card.at("/topics/0/passed").asInt()).isEqualTo(1);
    assertThat(card.at("/topics/1/not claimed").asInt()).isEqualTo(1);
    assertThat(card.at("/workloads/0/operations").asLong()).isEqualTo(1_242);
    assertThat(card.at("/workloads/0/oracles/1/answers").asLong()).isEqualTo(12);
    assertThat(card.at("/workloads/0/done/0/fact").asText()).isEqualTo("INSERT");
    assertThat(card.at("/rules/1/outcome").asText()).isEqualTo("not claimed");
    assertThat(card.at("/rules/1/needs").asText()).isEqualTo("KEEP LOAD");
  }

  @Test
  void aCardOfNothingIsJsonToo() throws IOException {
    assertThat(parse(CardJson.of(aCard())).get("rules")).isEmpty();
  }

  @Test
  void anyTextComesBack() throws IOException {
    String text = "\"\\/\b\n\u0000\u001f\u007f\u00e9\ufb49\ud83d\udd25{}[],:";

    JsonNode object = parse(JsonText.object().member(text, text).member("n", -1L).text());

    assertThat(object.get(text).asText()).isEqualTo(text);
    assertThat(object.get("n").asLong()).isEqualTo(-1);
  }

  @Test
  void bothFilesAreWrittenOverOlderOnes(@TempDir Path folder) throws IOException {
    Path cards = folder.resolve("new").resolve("folder");
    CardFiles.write(cards, "a/../b", aCard());

    CardFiles files = CardFiles.write(cards, "a/../b", aCard(rule("a", Outcome.PASSED)));

    assertThat(cards).isDirectoryContaining("glob:**card-a..b.json");
    assertThat(Files.readString(files.markdown())).contains("1 passed");
    assertThat(parse(Files.readString(files.json())).get("rules")).hasSize(1);
    assertThat(files.line()).contains("CONFORMS").endsWith("See " + files.markdown());
  }

  private static JsonNode parse(String json) throws IOException {
    assertThat(json).isASCII();
    return new ObjectMapper().readTree(json);
  }
}
