package dev.grantstore.equivalence.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.equivalence.workload.Ask;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import dev.grantstore.equivalence.workload.Workload;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplayFileTest {
  private static final String TEXT =
      """
      #! equiv-replay 1
      # what it was
      seed 4711
      id a = "u%00x"
      id b = ""
      id c = "%{78*300}"
      sync S0 = "s%25"
      sync S1 = "t"
      1 startSync sync=S0
      2 putAll sync=S0 [id=a ent=a/b/c prin=b/a value=3; id=c ent=a/a/a prin=a/a value=0]
      3 openSnapshot snapshot=1
      4 openSnapshot snapshot=2 asOf=8
      5 listRows sync=S0 list=byEntitlement of=a/b/c page=1 via=1
      6 listRows sync=S0 list=byEntitlements of=a/b/c,c/b/a page=0
      7 openCursor cursor=0 sync=S0 list=byEntitlements
      8 putAll sync=S0 []
      9 deleteAll sync=S0 ids=
      10 expire sync=S0 asOf=3
      11 saveOpen
      12 ingest sync=S0 as=S1
      13 merge of=S0,S1,S0 deletions=2 as=S1
      14 merge of=S1 as=S0
      15 diff sync=S0 to=S1
      expect fail O4/listRows/missing-row
      """;

  private static final ReplayFile FILE =
      new ReplayFile(
          List.of("what it was"),
          new Workload(
              4_711,
              List.of("u\u0000x", "", "x".repeat(300)),
              List.of("s%", "t"),
              List.of(
                  new Op.StartSync(0),
                  new Op.PutAll(
                      0,
                      List.of(
                          new Row(0, new EntitlementIds(0, 1, 2), new PrincipalIds(1, 0), 3),
                          new Row(2, new EntitlementIds(0, 0, 0), new PrincipalIds(0, 0), 0))),
                  new Op.OpenSnapshot(1),
                  new Op.OpenSnapshot(2, 8),
                  new Op.ListRows(1, 0, Ask.of(new EntitlementIds(0, 1, 2)), 1),
                  new Op.ListRows(
                      0,
                      0,
                      Ask.ofAll(List.of(new EntitlementIds(0, 1, 2), new EntitlementIds(2, 1, 0))),
                      0),
                  new Op.OpenCursor(0, 0, 0, Ask.ofAll(List.of())),
                  new Op.PutAll(0, List.of()),
                  new Op.DeleteAll(0, List.of()),
                  new Op.Expire(0, 3),
                  new Op.SaveOpen(),
                  new Op.Ingest(0, 1),
                  new Op.Merge(List.of(0, 1, 0), 2, 1),
                  new Op.Merge(List.of(1), 0, 0),
                  new Op.Diff(0, 1))),
          Optional.of("O4/listRows/missing-row"));

  @Test
  void isWrittenForPeople() {
    assertThat(FILE.text()).isEqualTo(TEXT);
  }

  @Test
  void isParsed() {
    assertThat(ReplayFile.parse(TEXT)).isEqualTo(FILE);
  }

  @Test
  void aByteOrderMarkAndCarriageReturnsAreAccepted() {
    assertThat(ReplayFile.parse("\ufeff" + TEXT.replace("\n", "\r\n"))).isEqualTo(FILE);
  }

  @Test
  void numbersAndBlanksMayBeLeftOut() {
    assertThat(
            ReplayFile.parse(
                "#! equiv-replay 1\nsync S=\"s\"\n\nstartSync \t sync=S  \nexpect pass".strip()))
        .isEqualTo(
            ReplayFile.passing(
                new Workload(0, List.of(), List.of("s"), List.of(new Op.StartSync(0)))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "startSync sync=S9                        | 4:16",
        "startSync                                | 4:1",
        "1 frobnicate sync=S0                     | 4:3",
        "1 startSync sync=S0 colour=blue          | 4:21",
        "1 startSync sync=S0 sync=S0              | 4:21",
        "delete sync=S0 id=zz                     | 4:19",
        "delete sync=S0 id                        | 4:16",
        "put sync=S0 id=a ent=a/a prin=a/a        | 4:22",
        "put sync=S0 id=a ent=a/a/q prin=a/a      | 4:26",
        "put sync=S0 id=a ent=a/a/a prin=a/a value=1048576 | 4:43",
        "putAll sync=S0 [id=a ent=a/a/a prin=a/a  | 4:40",
        "putAll sync=S0 [id=a ent=a/a/a]          | 4:17",
        "listRows sync=S0 list=all                | 4:23",
        "openSnapshot snapshot=1 asOf=9           | 4:1",
        "resume token=-1 limit=1                  | 4:14",
        "resume token=0 limit=0                   | 4:1",
        "bad call=NOTHING sync=S0 id=a            | 4:10",
        "flush ]                                  | 4:7",
        "id b = \"%zz\"                           | 4:9",
        "id b = \"%ff\"                           | 4:9",
        "id a = \"x\"                             | 4:4",
        "sync S1 = \"\"                           | 4:12",
        "seed x                                   | 4:6",
        "expect more                              | 4:1",
        "expect fail O4/get                       | 4:13",
        "expect fail O4/get/                      | 4:13",
        "flush\u0661                              | 4:6",
      })
  void whatIsWrongIsShownWithLineAndColumn(String line, String place) {
    String text = "#! equiv-replay 1\nid a = \"a\"\nsync S0 = \"s\"\n" + line + "\nexpect pass\n";

    assertThatThrownBy(() -> ReplayFile.parse(text))
        .isInstanceOf(ReplaySyntaxException.class)
        .hasMessageStartingWith(place + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#! equiv-replay 2     | 1:17: replay file is too new: its version is 2, this program reads 1",
        "#! equiv-replay 0     | 1:17: replay file is too old: its version is 0, this program reads 1",
        "#! equiv-replay       | 1:1: not a replay file: first line is not",
        "#! equiv-fault 1      | 1:1: not a replay file: first line is not",
        "{\"id\": \"grant\"}     | 1:1: not a replay file: first line is not",
      })
  void whatIsTooNewTooOldAndNotOursIsToldApart(String first, String message) {
    assertThatThrownBy(() -> ReplayFile.parse(first + "\nexpect pass\n"))
        .isInstanceOf(ReplaySyntaxException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aFileWithoutItsEndIsRefused() {
    assertThatThrownBy(() -> ReplayFile.parse("#! equiv-replay 1\nseed 1\n"))
        .isInstanceOf(ReplaySyntaxException.class)
        .hasMessageStartingWith("3:1: file was cut");
    assertThatThrownBy(() -> ReplayFile.parse(""))
        .isInstanceOf(ReplaySyntaxException.class)
        .hasMessage("1:1: file is empty");
  }

  @Test
  void aFileThatWasCutAnywhereIsRefused() {
    for (int length = 0; length < TEXT.length(); length++) {
      String cut = TEXT.substring(0, length);

      assertThatThrownBy(() -> ReplayFile.parse(cut))
          .as("first %d characters", length)
          .isInstanceOf(ReplaySyntaxException.class);
    }
  }

  @Test
  void aHoleAnywhereIsRefused() {
    for (int at = 0; at < TEXT.length(); at++) {
      int end = Math.min(TEXT.length(), at + 40);
      String holed = TEXT.substring(0, at) + "\0".repeat(end - at) + TEXT.substring(end);

      assertThatThrownBy(() -> ReplayFile.parse(holed))
          .as("hole at character %d", at)
          .isInstanceOf(ReplaySyntaxException.class);
    }
  }

  @Test
  void twoFilesInOneAreRefused() {
    for (int length = "#! equiv-replay 1\n".length(); length <= TEXT.length(); length++) {
      String joined = TEXT.substring(0, length) + TEXT;

      assertThatThrownBy(() -> ReplayFile.parse(joined))
          .as("after the first %d characters", length)
          .isInstanceOf(ReplaySyntaxException.class);
    }
  }

  @Test
  void idsInARowAreWrittenShort() {
    Workload workload =
        new Workload(
            0,
            List.of("a", "b"),
            List.of("s"),
            List.of(new Op.GetAll(0, 0, List.of(0, 0, 0, 0, 0, 1, 1, 0))));

    String text = ReplayFile.passing(workload).text();

    assertThat(text).contains("getAll sync=S0 ids=a*5,b,b,a\n");
    assertThat(ReplayFile.parse(text).workload()).isEqualTo(workload);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a*0", "a*", "a*x", "*3", "a*1000001", "a*600000,a*600000"})
  void wrongRepeatsAreRefused(String ids) {
    String text =
        "#! equiv-replay 1\nid a = \"a\"\nsync S0 = \"s\"\ngetAll sync=S0 ids="
            + ids
            + "\nexpect pass\n";

    assertThatThrownBy(() -> ReplayFile.parse(text))
        .isInstanceOf(ReplaySyntaxException.class)
        .hasMessageContaining("4:");
  }
}
