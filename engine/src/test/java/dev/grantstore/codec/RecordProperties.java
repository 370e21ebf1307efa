package dev.grantstore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.grantstore.Grant;
import dev.grantstore.codec.proto.GrantRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class RecordProperties {
  private static final int[] FLIPS = {1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0xff};
  private static final int[] TAGS_AND_LENGTHS = {
    0x0a, 0x12, 0x1a, 0x22, 0x2a, 0x30, 0x3a, 0x42, 0x4a, 0x50, 0x78, 0, 1, 2, 3, 0x80
  };

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void bytesAfterTheVersionAreWhatTheGeneratedClassWrites(
      @ForAll("grants") Grant grant, @ForAll boolean withReferences) {
    byte[] value = Records.encode(grant, withReferences);

    assertThat(Arrays.copyOfRange(value, 1, value.length))
        .isEqualTo(Records.generated(grant, withReferences).toByteArray());
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void everyFieldComesBack(@ForAll("grants") Grant grant, @ForAll boolean withReferences)
      throws MalformedBytesException {
    byte[] value = Records.encode(grant, withReferences);

    assertThat(Records.decode(value, grant, withReferences)).isEqualTo(grant);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void everyTruncationIsRefused(@ForAll("grants") Grant grant, @ForAll boolean withReferences) {
    byte[] value = Records.encode(grant, withReferences);
    for (int length = 0; length < value.length; length++) {
      byte[] cut = Arrays.copyOf(value, length);
      try {
        fail("cut value decodes: length=%d %s", length, Records.decode(cut, grant, withReferences));
      } catch (MalformedBytesException expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      }
    }
  }

  /** Where protobuf itself sees nothing wrong: the cuts that field 15 is there for. */
  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void messageCutBetweenFieldsIsAMessageAndStillRefused(
      @ForAll("grants") Grant grant, @ForAll boolean withReferences) {
    byte[] value = Records.encode(grant, withReferences);
    int wellFormed = 0;
    for (int length = 1; length < value.length; length++) {
      byte[] cut = Arrays.copyOf(value, length);
      if (!isMessage(Arrays.copyOfRange(cut, 1, length))) {
        continue;
      }
      wellFormed++;
      assertThatThrownBy(() -> Records.decode(cut, grant, withReferences))
          .isInstanceOf(MalformedBytesException.class);
    }
    // No bytes at all after the version are a message of defaults.
    assertThat(wellFormed).isPositive();
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void trailingBytesAreRefused(
      @ForAll("grants") Grant grant,
      @ForAll boolean withReferences,
      @ForAll @IntRange(max = 255) int more) {
    byte[] value = Records.encode(grant, withReferences);
    byte[] longer = Arrays.copyOf(value, value.length + 1);
    longer[value.length] = (byte) more;

    assertThatThrownBy(() -> Records.decode(longer, grant, withReferences))
        .isInstanceOf(MalformedBytesException.class);
  }

  @Property(tries = 15, edgeCases = EdgeCasesMode.NONE)
  void everyDamagedByteIsRefusedOrLeavesAGrant(
      @ForAll("grants") Grant grant, @ForAll boolean withReferences) {
    byte[] value = Records.encode(grant, withReferences);
    for (int i = 0; i < value.length; i++) {
      for (int flip : FLIPS) {
        value[i] ^= (byte) flip;
        checkRefusedOrComesBack(value, grant, withReferences);
        value[i] ^= (byte) flip;
      }
    }
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void anyBytesAreRefusedOrAreAGrant(@ForAll("bytes") byte[] bytes, @ForAll boolean references) {
    checkRefusedOrComesBack(bytes, ExampleGrant.GRANT, references);
  }

  @Provide
  Arbitrary<Grant> grants() {
    return GrantArbitraries.grants();
  }

  /** Starts and ends like a value, so that the fields are reached; then tags and anything. */
  @Provide
  Arbitrary<byte[]> bytes() {
    List<Byte> bytes = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      bytes.add((byte) b);
    }
    for (int likely : TAGS_AND_LENGTHS) {
      bytes.addAll(Collections.nCopies(40, (byte) likely));
    }
    return Arbitraries.of(bytes)
        .array(byte[].class)
        .ofMaxSize(30)
        .map(
            rest -> {
              byte[] value = new byte[rest.length + 3];
              value[0] = ValueForm.PLAIN.version();
              System.arraycopy(rest, 0, value, 1, rest.length);
              value[rest.length + 1] = 0x78;
              return value;
            });
  }

  private static boolean isMessage(byte[] bytes) {
    try {
      return GrantRecord.parseFrom(bytes).isInitialized();
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static void checkRefusedOrComesBack(byte[] value, Grant keyed, boolean references) {
    Grant read;
    try {
      read = Records.decode(value, keyed, references);
    } catch (MalformedBytesException refused) {
      return;
    }
    byte[] again = Records.encode(read, references);
    try {
      assertThat(Records.decode(again, keyed, references)).isEqualTo(read);
    } catch (MalformedBytesException e) {
      throw new AssertionError("what was accepted does not come back: " + read, e);
    }
  }
}
