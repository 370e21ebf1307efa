package dev.grantstore.bench.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.compare.Gate;
import dev.grantstore.bench.compare.Terms;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.testengine.Runs;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

final class JunitReportTest {
  private static final double[] BASE = {1000, 1010, 990, 1005, 995, 1002, 998, 1001};
  private static final double[] SLOWER = Arrays.stream(BASE).map(v -> v * 1.2).toArray();
  private static final double[] UNCLEAR = {1000, 1200, 990, 1250, 995, 1300, 998, 1180};

  @Test
  void aTestForEachFigureAndOneForTheGate() throws Exception {
    Element suite =
        suite(
            Gate.of(
                Runs.aRun()
                    .cell("r", "G2", BASE)
                    .cell("r", "G3", BASE)
                    .cell("r", "G4", BASE)
                    .result(),
                Runs.aRun()
                    .cell("r", "G2", SLOWER)
                    .cell("r", "G3", UNCLEAR)
                    .cell("r", "G4", BASE)
                    .result(),
                Terms.USUAL));

    assertThat(suite.getAttribute("tests")).isEqualTo("4");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("0");
    assertThat(child(suite, "failure").getAttribute("message")).startsWith("WORSE: +20.0 %");
    assertThat(((Element) child(suite, "failure").getParentNode()).getAttribute("name"))
        .isEqualTo("r G2 p50 ns");
    assertThat(((Element) child(suite, "skipped").getParentNode()).getAttribute("name"))
        .isEqualTo("r G3 p50 ns");
    assertThat(child(suite, "system-out").getTextContent()).startsWith("regression");
  }

  @Test
  void whatCouldNotBeJudgedIsAnErrorWhateverCharactersItHas() throws Exception {
    RunResult broken =
        Runs.aRun()
            .cell("r", "G2", BASE)
            .failure(
                new CellFailure("r", "G2", 0, CellFailure.Kind.WRONG_ANSWER, "<&\"\u0001\ufffe>"))
            .result();

    Element suite = suite(Gate.of(Runs.aRun().cell("r", "G2", BASE).result(), broken, Terms.USUAL));

    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(child(suite, "error").getAttribute("message")).contains("wrong answers", "<&\"??>");
  }

  private static Element child(Element suite, String name) {
    return (Element) suite.getElementsByTagName(name).item(0);
  }

  private static Element suite(Gate gate) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(
            new ByteArrayInputStream(JunitReport.xml(gate, false).getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }
}
