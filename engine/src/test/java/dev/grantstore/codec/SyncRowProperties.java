package dev.grantstore.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.ContentDigest;
import dev.grantstore.SyncRun;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class SyncRowProperties {
  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void rowsComeBack(@ForAll("rows") SyncRow row) throws MalformedBytesException {
    assertThat(SyncRow.decode(row.run().id(), row.encode())).isEqualTo(row);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatIsAcceptedOfADamagedRowEncodesToTheSameBytes(
      @ForAll("rows") SyncRow row,
      @ForAll @IntRange(max = Integer.MAX_VALUE) int where,
      @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] value = row.encode();
    value[where % value.length] ^= (byte) flip;
    SyncRow read;
    try {
      read = SyncRow.decode(row.run().id(), value);
    } catch (MalformedBytesException refused) {
      return;
    }

    assertThat(read.encode()).isEqualTo(value);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void anyBytesAreRefusedOrEncodeToTheSameBytes(@ForAll byte[] bytes, @ForAll boolean versioned) {
    byte[] value = bytes.clone();
    if (versioned && value.length > 0) {
      value[0] = 1;
    }
    SyncRow read;
    try {
      read = SyncRow.decode("s", value);
    } catch (MalformedBytesException refused) {
      return;
    }

    assertThat(read.encode()).isEqualTo(value);
  }

  @Provide
  Arbitrary<SyncRow> rows() {
    Arbitrary<Long> any = Arbitraries.longs();
    Arbitrary<ContentDigest> digests =
        Combinators.combine(any, any, any).as(ContentDigest::new).injectDuplicates(0.1);
    Arbitrary<SyncRun> open =
        Combinators.combine(
                GrantArbitraries.ids().filter(id -> !id.isEmpty()),
                GrantArbitraries.ids(),
                GrantArbitraries.instants())
            .as(SyncRun::open);
    return Combinators.combine(
            Arbitraries.integers(),
            open,
            GrantArbitraries.instants(),
            digests,
            Arbitraries.integers().between(0, 3),
            Arbitraries.longs().greaterOrEqual(SyncRow.UNKNOWN).injectDuplicates(0.3))
        .as(
            (number, run, ended, digest, state, expanding) ->
                new SyncRow(
                    number,
                    state >= 2 ? run.sealed(ended, digest) : run,
                    digest,
                    state == 1,
                    expanding % 2 == 0 || state == 3 ? Math.max(0, expanding) : SyncRow.UNKNOWN,
                    state == 3 ? Optional.of(packed(expanding)) : Optional.empty()));
  }

  private static PackedForm packed(long seed) {
    int parts = (int) (seed & 0xffff);
    return new PackedForm(List.of(1, 1 + parts, 2, 65_536), seed % 3 == 0);
  }
}
