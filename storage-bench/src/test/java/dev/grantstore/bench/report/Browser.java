package dev.grantstore.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real browser without a window, driven through its driver. One thread. */
final class Browser implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String session;

  private Browser(Process driver, int port) throws IOException, InterruptedException {
    this.driver = driver;
    String sessions = "http://localhost:" + port + "/session";
    JsonNode opened = post(sessions, Map.of("capabilities", Map.of("alwaysMatch", wanted())));
    this.session = sessions + "/" + opened.path("sessionId").asText();
  }

  /** {@return the driver, where the machine has one together with its browser} */
  static Optional<Path> driver() {
    return onPath("chromium").flatMap(browser -> onPath("chromedriver"));
  }

  static Browser start(Path driver, Path log) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(driver.toString(), "--port=0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      return new Browser(process, port(process, log));
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroy();
      throw e;
    }
  }

  void open(Path page) throws IOException, InterruptedException {
    post(session + "/url", Map.of("url", page.toUri().toString()));
  }

  /** {@return what an expression says} */
  JsonNode ask(String expression) throws IOException, InterruptedException {
    return post(
        session + "/execute/sync", Map.of("script", "return " + expression, "args", List.of()));
  }

  /** Shows pages as a screen of that size does. */
  void resize(int width, int height) throws IOException, InterruptedException {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", true));
  }

  void preferDark() throws IOException, InterruptedException {
    Map<String, String> dark = Map.of("name", "prefers-color-scheme", "value", "dark");
    command("Emulation.setEmulatedMedia", Map.of("features", List.of(dark)));
  }

  void showAsPrinted() throws IOException, InterruptedException {
    command("Emulation.setEmulatedMedia", Map.of("media", "print", "features", List.of()));
  }

  /** {@return the page as PDF} */
  byte[] print() throws IOException, InterruptedException {
    return Base64.getDecoder().decode(post(session + "/print", Map.of()).asText());
  }

  /** {@return what the page wrote to the console, errors of the browser included} */
  List<String> console() throws IOException, InterruptedException {
    List<String> messages = new ArrayList<>();
    log("browser").forEach(entry -> messages.add(entry.path("message").asText()));
    return messages;
  }

  /** {@return the addresses of everything that was asked for since the last time} */
  List<String> requests() throws IOException, InterruptedException {
    List<String> addresses = new ArrayList<>();
    for (JsonNode entry : log("performance")) {
      JsonNode event = JSON.readTree(entry.path("message").asText()).path("message");
      if (event.path("method").asText().equals("Network.requestWillBeSent")) {
        addresses.add(event.path("params").path("request").path("url").asText());
      }
    }
    return addresses;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    try {
      send(HttpRequest.newBuilder(URI.create(session)).DELETE());
    } finally {
      driver.destroy();
      driver.waitFor();
    }
  }

  private JsonNode log(String type) throws IOException, InterruptedException {
    return post(session + "/se/log", Map.of("type", type));
  }

  private void command(String name, Map<String, ?> parameters)
      throws IOException, InterruptedException {
    post(session + "/goog/cdp/execute", Map.of("cmd", name, "params", parameters));
  }

  private static Map<String, ?> wanted() {
    return Map.of(
        "goog:chromeOptions",
        Map.of("args", List.of("--headless=new", "--no-sandbox", "--disable-gpu")),
        "goog:loggingPrefs",
        Map.of("browser", "ALL", "performance", "ALL"));
  }

  private JsonNode post(String address, Map<String, ?> body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(address))
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            request.timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    JsonNode value = JSON.readTree(response.body()).path("value");
    if (response.statusCode() != 200) {
      throw new IOException("the driver refused: " + value.path("message").asText());
    }
    return value;
  }

  /** The driver takes a free port and says which. */
  private static int port(Process driver, Path log) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (driver.isAlive() && System.nanoTime() - end < 0) {
      Matcher matcher = PORT.matcher(Files.readString(log));
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
      Thread.sleep(20);
    }
    throw new IOException("the driver does not start: " + Files.readString(log));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
