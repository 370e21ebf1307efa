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
            "0000000702000000000000 82fd5d470109280011010000190100005d0100004603000072030000b"
                + "7040000190500001f05000024050000050303813a050103000000000000000000000000000000000"
                + "0000000000000000000000000000000000000000000000000000300000005000000080000000b000"
                + "0000e000000100000001200000015000000180000001b0000001b0000001b0000001b0000001b000"
                + "0001b0000001b0000001b0000001b0000001b0000001b0000001e000000210000002400000027000"
                + "000290000002c0000002f00000032000000350000003700000037000000233133233523333323323"
                + "52331372339233123333723323923323123333923333123323323313523372333352332372331392"
                + "33131233300030000006170700105090200722d0000000000000000000000000000000000f811634"
                + "48503385470706c1971eed59d1f07062e9be4ce961f230e144ad3244645c46ca1d2c4a8d7ab50930"
                + "a050201813a010300000400000008000000120000001c000000200000002a0000003400000038000"
                + "000420000004c0000005600000060000000640000006e000000780000007c0000008600000090000"
                + "0009a0000009e000000a8000000b2000000b6000000c0000000ca000000d4000000d8000000e2000"
                + "000ec000000f0000000f4000000fe000000080100000c0100001601000020010000240100002e010"
                + "000380100003c0100003c010000726561647265616461646d696e697374657261646d696e6973746"
                + "5727265616461646d696e697374657261646d696e69737465727265616461646d696e69737465726"
                + "1646d696e697374657261646d696e697374657261646d696e69737465727265616461646d696e697"
                + "374657261646d696e69737465727265616461646d696e697374657261646d696e697374657261646"
                + "d696e69737465727265616461646d696e697374657261646d696e69737465727265616461646d696"
                + "e697374657261646d696e697374657261646d696e69737465727265616461646d696e69737465726"
                + "1646d696e6973746572726561647265616461646d696e697374657261646d696e697374657272656"
                + "16461646d696e697374657261646d696e69737465727265616461646d696e697374657261646d696"
                + "e697374657272656164020204000000505555aaaafaffff030100740000000001000000030000000"
                + "600000006000000787878787878061000000000000000000000003fcd1e15e67972f44e115049ec2"
                + "5924c5c55827df1d1b1a46a99b4b1f77dd0fc78dde6e5fd29f054c6ef372fe94f82a0d5336963eef"
                + "ba1f8e3779b97f4a7c150f1bbcdcbfa53e0a808d12e6b76c84d111715609f7c746c696526b0e9689"
                + "9feb5736ae31d6e461e0d81af155173f23d658ff34785799e5cbd9e3779b97f4a7c15de0497cf65c"
                + "3ef09ec48ca036b700e61fa8cfc37711c2db9035e2aa2e7e47aca11a25cd6ed909a221fe68f0af33"
                + "cb97a2e2ac13ef8e8d8d23c6ef372fe94f82a7c3c1188e50e6b1e8a8043bceaba8a7698c475f0f06"
                + "6a9cea708a824f612c926b54cda58fbbee87e1a738b426458e73328b7bd766a05068b36fbefaa6fb"
                + "125e3454021de755d453b538454127b096493a195a45c672ef6dfafd9d6906cdb1637be1e08c4728"
                + "7358fcc623af8783354e7daa66d2c7ddf743f0110888ca97c9b01000000000000000000000000f0d"
                + "210a430755046701780bba08cc05de02e2c4c4c1d5cc17c929c63bc34dc05ccd8eca90c7b38c7589"
                + "87869983ab80ba8dec8afe8800852282384e4a4b5c486e457042914cd349e546f744094110209288"
                + "0040a00000000000000000000000000",
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
