package dev.grantstore.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Annotation;
import dev.grantstore.Boundaries;
import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every number and length in keys and values, where it takes another byte. */
final class NumberBoundariesTest {
  private static final Grant PLAIN = grant(Instant.EPOCH, "g", List.of());

  @Test
  void fixedNumbersInKeysAreBigEndianInOrderAndComeBack() throws MalformedBytesException {
    BigInteger intSign = BigInteger.TWO.pow(31);
    BigInteger longSign = BigInteger.TWO.pow(63);
    for (long value : Boundaries.longs()) {
      BigInteger number = BigInteger.valueOf(value);
      TupleWriter key = new TupleWriter();
      key.putUnsignedLong(value);
      key.putLong(value);
      int narrow = (int) value;
      key.putUnsignedInt(narrow);
      key.putInt(narrow);

      BigInteger low = BigInteger.valueOf(narrow);
      byte[] expected =
          joined(
              Boundaries.bigEndian(number, 8),
              Boundaries.bigEndian(number.add(longSign), 8),
              Boundaries.bigEndian(low, 4),
              Boundaries.bigEndian(low.add(intSign), 4));
      assertThat(key.toByteArray()).as("%d", value).isEqualTo(expected);
      TupleReader read = new TupleReader();
      read.reset(expected, 0, expected.length);
      assertThat(read.unsignedLong()).isEqualTo(value);
      assertThat(read.signedLong()).isEqualTo(value);
      assertThat(read.unsignedInt()).isEqualTo((int) value);
      assertThat(read.signedInt()).isEqualTo((int) value);
    }
  }

  @Test
  void elementsOfAnyLengthComeBackFromWhereverTheyStand() throws MalformedBytesException {
    for (int length : Boundaries.upTo(65_537)) {
      for (String unit : List.of("x", "\u0000", "\u0001", "x\u0000")) {
        String text = unit.repeat(length / unit.length() + 1).substring(0, length);
        TupleWriter key = new TupleWriter();
        key.putElement(text);
        key.putElement("");
        key.putElement(text + "\u0001");
        key.putUnsignedInt(length);

        byte[] bytes = key.toByteArray();
        TupleReader read = new TupleReader();
        read.reset(bytes, 0, bytes.length);
        assertThat(read.text().equals(text)).as("%s * %d", unit, length).isTrue();
        assertThat(read.text()).isEmpty();
        assertThat(read.text().equals(text + "\u0001")).as("%s * %d", unit, length).isTrue();
        assertThat(read.unsignedInt()).isEqualTo(length);
        read.end();
      }
    }
  }

  @Test
  void timesOfEverySizeComeBackToTheNanosecond() throws MalformedBytesException {
    for (long seconds : Boundaries.longs()) {
      if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
        continue;
      }
      for (int nanos : Boundaries.upTo(999_999_999)) {
        assertComesBack(grant(Instant.ofEpochSecond(seconds, nanos), "g", List.of()));
      }
      assertComesBack(grant(Instant.ofEpochSecond(seconds, 999_999_999), "g", List.of()));
    }
    assertComesBack(grant(Instant.MIN, "g", List.of()));
    assertComesBack(grant(Instant.MAX, "g", List.of()));
    assertComesBack(grant(Instant.MAX.minusNanos(1), "g", List.of()));
    assertComesBack(grant(Instant.MIN.plusNanos(1), "g", List.of()));
  }

  @Test
  void textsOfEveryLengthComeBack() throws MalformedBytesException {
    for (int length : Boundaries.upTo(31_990)) {
      String text = "x".repeat(length);
      assertComesBack(grant(Instant.EPOCH, "g" + text, List.of()));
      assertComesBack(
          new Grant(
              "g",
              new EntitlementRef("t", text, ""),
              new PrincipalRef("", "p"),
              Instant.EPOCH,
              true,
              Optional.of(new Expansion(List.of(text), false, List.of("", text))),
              List.of(new GrantSource(text, "", text, "e", true)),
              List.of(new Annotation(text, Bytes.EMPTY))));
    }
  }

  @Test
  void bytesOfEveryLengthComeBack() throws MalformedBytesException {
    for (int length : Boundaries.upTo((1 << 21) + 1)) {
      byte[] value = new byte[length];
      Arrays.fill(value, (byte) 0x80);
      Annotation one = new Annotation("t", Bytes.copyOf(value));
      assertComesBack(grant(Instant.EPOCH, "g", List.of(one, new Annotation("u", Bytes.EMPTY))));
    }
  }

  @Test
  void listsOfEveryLengthComeBack() throws MalformedBytesException {
    for (int length : Boundaries.upTo(16_385)) {
      List<GrantSource> sources = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        sources.add(new GrantSource("s" + (100_000 + i), "", "", "", i % 2 == 0));
      }
      assertComesBack(
          new Grant(
              "g",
              PLAIN.entitlement(),
              PLAIN.principal(),
              Instant.EPOCH,
              false,
              Optional.of(new Expansion(Collections.nCopies(length, "e"), false, List.of())),
              sources,
              Collections.nCopies(length, new Annotation("", Bytes.EMPTY))));
    }
  }

  @Test
  void everyNumberOfASyncsRowComesBack() throws MalformedBytesException {
    for (long number : Boundaries.longs()) {
      long seconds =
          Math.max(Instant.MIN.getEpochSecond(), Math.min(Instant.MAX.getEpochSecond(), number));
      int nanos = (int) Math.floorMod(number, 1_000_000_000L);
      Instant time = Instant.ofEpochSecond(seconds, nanos);
      ContentDigest content = new ContentDigest(number & Long.MAX_VALUE, number, ~number);
      for (SyncRun run :
          List.of(
              SyncRun.open("s", "", time),
              SyncRun.open("s", "t", Instant.EPOCH).sealed(time, content))) {
        SyncRow row = new SyncRow((int) number, run, content, false);
        assertThat(SyncRow.decode("s", row.encode())).isEqualTo(row);
      }
    }
  }

  /** The bytes are those of the generated class, and the grant is the one that was written. */
  private static void assertComesBack(Grant grant) throws MalformedBytesException {
    for (boolean withReferences : List.of(true, false)) {
      byte[] value = Records.encode(grant, withReferences);
      byte[] generated = Records.generated(grant, withReferences).toByteArray();
      assertThat(Arrays.equals(value, 1, value.length, generated, 0, generated.length))
          .as("bytes of a record of %d", value.length)
          .isTrue();
      assertThat(Records.decode(value, grant, withReferences).equals(grant))
          .as("record of %d bytes at %s", value.length, grant.discoveredAt())
          .isTrue();
    }
  }

  private static Grant grant(Instant discoveredAt, String id, List<Annotation> annotations) {
    return new Grant(
        id,
        new EntitlementRef("app", "", "e"),
        new PrincipalRef("user", "u"),
        discoveredAt,
        false,
        Optional.empty(),
        List.of(),
        annotations);
  }

  private static byte[] joined(byte[]... parts) {
    TupleWriter all = new TupleWriter();
    for (byte[] part : parts) {
      all.putEncoded(part, 0, part.length);
    }
    return all.toByteArray();
  }
}
