package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.grantstore.bench.testengine.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The page in Chromium, where the machine has it (Debian: chromium and chromium-driver). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HtmlReportInBrowserTest {
  private static final String OVERFLOW =
      "document.documentElement.scrollWidth - document.documentElement.clientWidth";
  private static final String BACKGROUND = "getComputedStyle(document.body).backgroundColor";

  /** Texts of drawings that reach beyond the drawing, or lie on one another. */
  private static final String BEYOND =
      "[...document.querySelectorAll('svg.drawing text')].filter(t => {"
          + " const a = t.getBoundingClientRect(), b = t.closest('svg').getBoundingClientRect();"
          + " return a.left < b.left - 3 || a.right > b.right + 3; }).map(t => t.textContent)";

  private Path folder;
  private Browser browser;

  @BeforeAll
  void startBrowser(@TempDir Path temporary) throws IOException, InterruptedException {
    folder = temporary;
    Optional<Path> driver = Browser.driver();
    assumeTrue(driver.isPresent(), "SKIPPED: there is no chromium with its chromedriver here");
    browser = Browser.start(driver.orElseThrow(), Files.createFile(folder.resolve("driver.log")));
  }

  @AfterAll
  void closeBrowser() throws IOException, InterruptedException {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void pageAsksForNothingAndComplainsOfNothing() throws IOException, InterruptedException {
    Path page = open(HtmlReport.render(Results.aResult()));

    assertThat(browser.requests()).containsOnly(page.toUri().toString());
    assertThat(browser.console()).isEmpty();
    assertThat(browser.ask("document.compatMode").asText()).isEqualTo("CSS1Compat");
  }

  @Test
  void requestsAndErrorsWouldBeSeen() throws IOException, InterruptedException {
    open("<!DOCTYPE html><html><body><img src='absent.png'></img></body></html>");

    assertThat(browser.requests()).anyMatch(address -> address.endsWith("absent.png"));
    assertThat(browser.console()).isNotEmpty();
  }

  @Test
  void pageFitsAPhone() throws IOException, InterruptedException {
    browser.resize(360, 740);
    open(HtmlReport.render(Results.aResult()));

    assertThat(browser.ask(OVERFLOW).asInt()).isZero();
    assertThat(browser.ask(BEYOND)).isEmpty();
    open(HtmlReport.render(Variations.named("&".repeat(400))));
    assertThat(browser.ask(OVERFLOW).asInt()).isZero();
  }

  @Test
  void darkScreensGetADarkPage() throws IOException, InterruptedException {
    open(HtmlReport.render(Results.aResult()));
    String light = browser.ask(BACKGROUND).asText();

    browser.preferDark();

    assertThat(light).isEqualTo("rgb(255, 255, 255)");
    assertThat(browser.ask(BACKGROUND).asText()).isEqualTo("rgb(20, 23, 26)");
  }

  @Test
  void printIsLightAndUnfolded() throws IOException, InterruptedException {
    browser.preferDark();
    open(HtmlReport.render(Results.aResult()));
    browser.showAsPrinted();

    assertThat(browser.ask(BACKGROUND).asText()).isEqualTo("rgb(255, 255, 255)");
    assertThat(browser.ask("document.querySelector('details table').offsetHeight").asInt())
        .isPositive();
    assertThat(new String(browser.print(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
  }

  private Path open(String page) throws IOException, InterruptedException {
    Path file = Files.writeString(Files.createTempFile(folder, "page", ".html"), page);
    browser.requests();
    browser.console();
    browser.open(file);
    return file;
  }
}
