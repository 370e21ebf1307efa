package dev.grantstore.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.ExampleGrant;
import dev.grantstore.layout.Keyspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bytes of pages; they never change within a format version, and rfc/0002 shows the first. */
final class ExamplePageTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void theExampleIsGoldenBytes() throws Exception {
    PackedRows packed = new PackedRows(List.of(ExampleGrant.GRANT), Keyspace.GRANTS, 4_096, 1, 0);

    assertThat(stored(packed))
        .containsExactly(
            "0000000700000000000000 a7988db301090100330000003b0000004000000048000000510000005"
                + "a0000006c0000006d0000009a0000000002000000673100030000006170700000000000000300000"
                + "0656e7400040000007573657200040000006100016203000632961cf2ca861800000000000000000"
                + "100280000003a0c0a02653210011a0475736572420f0a02653912036170702202653928014a070a0"
                + "175120200ff0000000000000000",
            "00000007000000ffffffff 56e9baa50101000000000000000100000003000000673100");
    assertThat(read(packed)).containsExactly(ExampleGrant.GRANT);
  }

  @Test
  void aPageOfGrantsThatExpireIsGoldenBytes() throws Exception {
    List<Grant> one = List.of(ExampleGrant.ENDING);

    assertThat(stored(new PackedRows(one, Keyspace.GRANTS, 4_096, 1, 0)).get(0))
        .isEqualTo(
            "0000000700000000000000 26d59f8c010a0100370000003f000000440000004c000000550000005"
                + "e00000070000000710000009e000000b100000000020000006731000300000061707000000000000"
                + "003000000656e7400040000007573657200040000006100016203000632961cf2ca8618000000000"
                + "00000000100280000003a0c0a02653210011a0475736572420f0a026539120361707022026539280"
                + "14a070a0175120200ff010100f4d58bcea201000000000000000000000000000000000000");
    List<Grant> some = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Optional<Instant> end = Optional.of(Instant.ofEpochSecond(1_798_761_600 + i % 7 * i));
      Grant grant =
          Grant.of(
              String.format(Locale.ROOT, "g%02d", i),
              new EntitlementRef("app", "", "ent"),
              new PrincipalRef("user", "u"),
              Instant.EPOCH);
      some.add(i % 3 == 1 ? grant.withExpiresAt(end) : grant);
    }
    PackedRows packed = new PackedRows(some, Keyspace.GRANTS, 4_096, 1, 0);
    assertThat(stored(packed).get(0))
        .isEqualTo(
            "0000000700000000000000 cb117fa5010a1400460000004e000000530000005b000000640000006"
                + "a0000007c0000007d000000820000009e00000001020001006700000000000000000100000000000"
                + "000000300000061707000000000000003000000656e7400040000007573657200010000007500000"
                + "000000000000000000000000000000000000000000002922409000655ec366b000000000f0000000"
                + "00000002cdb703d00030000000000000000");
    assertThat(read(packed)).isEqualTo(some);
  }

  @Test
  void everyFormIsGoldenBytes() throws Exception {
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String entitlement = "app:" + (i % 3 == 0 ? "read" : "administer");
      String principal = String.format(Locale.ROOT, "%016x", i * 0x9E3779B97F4A7C15L);
      String type = "t" + "x".repeat(i % 4);
      grants.add(
          new Grant(
              entitlement + ":" + principal + (i % 2 == 0 ? "" : "#" + i),
              new EntitlementRef("app", String.format(Locale.ROOT, "r-%05d", 7 * i), entitlement),
              new PrincipalRef(type, principal),
              Instant.ofEpochMilli(1_767_323_045_000L + 1_500L * i),
              i % 5 == 0,
              Optional.empty(),
              List.of(),
              List.of()));
    }
    PackedRows packed = new PackedRows(grants, Keyspace.BY_PRINCIPAL, 4_096, 1, 0);

    assertThat(stored(packed))
        .containsExactly(
            "0000000702000000000000 7609f73801092800e2000000ea0000002e0100005801000084010000c"
                + "90200002b0300003103000036030000050303813a050102051500000000000000043148310725050"
                + "000000000c062cd3d18e5a4030000000000000300000005000000080000000b0000000e000000100"
                + "000001200000015000000180000001b0000001e000000210000002400000027000000290000002c0"
                + "000002f0000003200000035000000370000003700000023313323352333332332352331372339233"
                + "12333372332392332312333392333312332332331352337233335233237233139233131233300030"
                + "000006170700105090200722d0000000000000000000000000000000000f81163448503385470706"
                + "c1971eed59d1f07062e9be4ce961f230e144ad3244645c46ca1d2c4a8d7ab50930a020102006c6fb"
                + "79b6d0304006170703a040000000e0000000e0000007265616461646d696e6973746572020204000"
                + "000505555aaaafaffff0301007400000000010000000300000006000000060000007878787878780"
                + "61000000000000000000000003fcd1e15e67972f44e115049ec25924c5c55827df1d1b1a46a99b4b"
                + "1f77dd0fc78dde6e5fd29f054c6ef372fe94f82a0d5336963eefba1f8e3779b97f4a7c150f1bbcdc"
                + "bfa53e0a808d12e6b76c84d111715609f7c746c696526b0e96899feb5736ae31d6e461e0d81af155"
                + "173f23d658ff34785799e5cbd9e3779b97f4a7c15de0497cf65c3ef09ec48ca036b700e61fa8cfc3"
                + "7711c2db9035e2aa2e7e47aca11a25cd6ed909a221fe68f0af33cb97a2e2ac13ef8e8d8d23c6ef37"
                + "2fe94f82a7c3c1188e50e6b1e8a8043bceaba8a7698c475f0f066a9cea708a824f612c926b54cda5"
                + "8fbbee87e1a738b426458e73328b7bd766a05068b36fbefaa6fb125e3454021de755d453b5384541"
                + "27b096493a195a45c672ef6dfafd9d6906cdb1637be1e08c47287358fcc623af8783354e7daa66d2"
                + "c7ddf743f0110888ca97c9b01000000000000000000000000f0d210a430755046701780bba08cc05"
                + "de02e2c4c4c1d5cc17c929c63bc34dc05ccd8eca90c7b38c758987869983ab80ba8dec8afe880085"
                + "2282384e4a4b5c486e457042914cd349e546f7440941102092880040a00000000000000000000000"
                + "000",
            "00000007020000ffffffff 9352bf400128000000000000000100000042000000740030303030303"
                + "0303030303030303030300061707000722d3030303030006170703a72656164006170703a7265616"
                + "43a3030303030303030303030303030303000");
    assertThat(read(packed)).containsExactlyInAnyOrderElementsOf(grants);
  }

  private static List<String> stored(PackedRows packed) {
    return packed.stored.entrySet().stream()
        .map(row -> HEX.formatHex(row.getKey()) + " " + HEX.formatHex(row.getValue()))
        .toList();
  }

  private static List<Grant> read(PackedRows packed) throws Exception {
    List<Grant> read = new ArrayList<>();
    PackedKeyspace pages = packed.open();
    PageReader reader = new PageReader();
    for (int page = 0; page < pages.pages(); page++) {
      reader.open(pages.page(page));
      for (int row = 0; row < reader.rows(); row++) {
        read.add(reader.grant(row));
      }
    }
    return read;
  }
}
