package dev.grantstore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Utf8View;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TupleReaderTest {
  @ParameterizedTest
  @CsvSource({
    // elements
    "ELEMENT,               '',        element has no terminator: offset=0",
    "ELEMENT,               61,        element has no terminator: offset=1",
    "ELEMENT,               6161616161616161, element has no terminator: offset=8",
    "ELEMENT,               610101,    element has no terminator: offset=3",
    "ELEMENT,               01,        escape is cut off: offset=1",
    "ELEMENT,               610101 01, escape is cut off: offset=4",
    "ELEMENT,               0100,      unknown escape: offset=1",
    "ELEMENT,               6101 0300, unknown escape: offset=2",
    "ELEMENT,               0101 01ff, unknown escape: offset=3",
    "ELEMENT,               610000,    key has trailing bytes: offset=2",
    "ELEMENT ELEMENT,       6100,      element has no terminator: offset=2",
    "ELEMENT ELEMENT,       610062,    element has no terminator: offset=3",
    // numbers and truth values
    "UNSIGNED_INT,          000000,    key is cut off: offset=3",
    "SIGNED_INT,            '',        key is cut off: offset=0",
    "UNSIGNED_LONG,         00000000000000, key is cut off: offset=7",
    "SIGNED_LONG,           80000000,  key is cut off: offset=4",
    "ELEMENT UNSIGNED_INT,  6100 0000, key is cut off: offset=4",
    "UNSIGNED_INT,          0000000000, key has trailing bytes: offset=4",
    "TRUTH,                 '',        key is cut off: offset=0",
    "TRUTH,                 25,        unknown truth value: offset=0",
    "TRUTH,                 28,        unknown truth value: offset=0",
    "ELEMENT TRUTH,         6100 00,   unknown truth value: offset=2",
    "TRUTH,                 2627,      key has trailing bytes: offset=1",
  })
  void malformedKeysAreRefusedWithTheOffset(String kinds, String hex, String message) {
    List<PartKind> shape =
        java.util.Arrays.stream(kinds.split(" ", -1)).map(PartKind::valueOf).toList();

    assertThatThrownBy(() -> Tuples.decode(shape, parse(hex)))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessage(message);
  }

  @Test
  void viewsWithAndWithoutEscapesAreValidTogether() throws MalformedBytesException {
    byte[] key = parse("61 0101 00  62 00  0102 63 00  00  0101 0101 00");
    TupleReader reader = new TupleReader();
    reader.reset(key, 0, key.length);
    List<Utf8View> views = List.of(view(), view(), view(), view(), view());
    for (Utf8View view : views) {
      reader.element(view);
    }
    reader.end();

    assertThat(views)
        .extracting(Utf8View::toString)
        .containsExactly("a\u0000", "b", "\u0001c", "", "\u0000\u0000");
  }

  @Test
  void theReaderIsUsedAgainAfterARefusal() throws MalformedBytesException {
    TupleReader reader = new TupleReader();
    Utf8View view = view();
    byte[] bad = parse("61 0101 01ff 00");
    reader.reset(bad, 0, bad.length);
    assertThatThrownBy(() -> reader.element(view)).isInstanceOf(MalformedBytesException.class);

    byte[] good = parse("0102 7a 00");
    reader.reset(good, 0, good.length);
    reader.element(view);
    reader.end();

    assertThat(view.toString()).isEqualTo("\u0001z");
  }

  @Test
  void bytesBehindTheKeyAreNotRead() {
    TupleReader reader = new TupleReader();
    byte[] longer = parse("6161616161616161 6161 00");
    reader.reset(longer, 0, longer.length - 1);

    assertThatThrownBy(() -> reader.element(view()))
        .hasMessage("element has no terminator: offset=10");
  }

  private static Utf8View view() {
    return new Utf8View();
  }

  private static byte[] parse(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
