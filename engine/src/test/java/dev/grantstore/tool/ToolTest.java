package dev.grantstore.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;

/** How a tool ends that did its work, or not, and whose output nobody could read. */
final class ToolTest {
  /**
   * A verdict is told by its code; that all is well is for who has read the answer. What is said of
   * it depends on where the process's own output goes.
   */
  @ParameterizedTest
  @CsvSource({
    "0, none, 0",
    "4, none, 4",
    "0, No space left on device, 1",
    "4, No space left on device, 4",
    "0, Broken pipe, 1",
    "4, Broken pipe, 4",
  })
  void whatCouldNotBeWrittenDoesNotPassForDone(int work, String failure, int ends) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    OutputStream out = failure.equals("none") ? written : new Failing(failure);
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    Session session =
        Session.of(
            List.of("work"),
            Map.of(),
            out,
            OutputStream.nullOutputStream(),
            Interruption.never(),
            clock);
    Tool tool =
        new Tool(session, new Top(), List.of(new Work(session, work)), e -> OptionalInt.empty());

    assertThat(tool.execute()).isEqualTo(ends);

    assertThat(written.toString(StandardCharsets.UTF_8))
        .isEqualTo(failure.equals("none") ? "answer\n" : "");
  }

  @Command(name = "top")
  private static final class Top {}

  @Command(
      name = "work",
      exitCodeList = {"0:fine", "1:failed", "4:wrong"})
  private static final class Work implements Callable<Integer> {
    private final Session session;
    private final int code;

    Work(Session session, int code) {
      this.session = session;
      this.code = code;
    }

    @Override
    public Integer call() {
      session.out().println("answer");
      return code;
    }
  }

  private static final class Failing extends OutputStream {
    private final String why;

    Failing(String why) {
      this.why = why;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(why);
    }
  }
}
