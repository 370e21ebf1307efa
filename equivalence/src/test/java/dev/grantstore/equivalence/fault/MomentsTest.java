package dev.grantstore.equivalence.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Durability;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store must have at each moment, of a log that is written here and not recorded. */
final class MomentsTest {
  private static final int TRIES = 2_000;
  private static final int STEPS = 2 * Script.CYCLE_STEPS;
  private static final Script SCRIPT = new Script(1);

  @TempDir Path folder;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private int events;

  /** By the number of events that have happened. */
  private final int[] least = new int[10 * STEPS];

  private final int[] most = new int[10 * STEPS];

  /**
   * A step is durable if its call or its durability says so, a flush and a close make all of it so,
   * from the moment on that the call returned.
   */
  @Test
  void aPromiseHoldsFromTheMomentThatItWasMade() throws Exception {
    int step = 0;
    for (Durability durability : Durability.values()) {
      mark(RecordedWriter.LIFE + durability);
      write();
      mark(RecordedWriter.FLUSHED);
      promise(step);
      int end = step + STEPS / 3;
      for (; step < end; step++) {
        mark(RecordedWriter.AT + step);
        begin(step);
        write();
        mark(RecordedWriter.DONE + step);
        if (durability == Durability.SYNC || SCRIPT.kind(step).isDurable()) {
          promise(step + 1);
        }
        write();
      }
      if (durability != Durability.WAL) { // that life is killed
        mark(RecordedWriter.CLOSED);
        promise(step);
      }
      write();
    }
    Path file = Files.write(folder.resolve("log"), log.toByteArray());
    RecordedDisk disk = RecordedDisk.read(file, Path.of("/root"), path -> false);
    Moments moments = new Moments(disk, SCRIPT.seed());
    SplittableRandom random = new SplittableRandom(1);
    Set<Integer> cuts = new HashSet<>();
    for (int number = 0; number < TRIES; number++) {
      Moments.Moment moment = moments.at(number, random);
      cuts.add(moment.cut());

      assertThat(moment.least()).as(moment.text()).isEqualTo(least[moment.cut()]);
      assertThat(moment.most()).as(moment.text()).isEqualTo(most[moment.cut()]);
    }
    assertThat(disk.events()).isEqualTo(events);
    assertThat(cuts).containsAll(IntStream.rangeClosed(1, events).boxed().toList());
  }

  private void promise(int steps) {
    for (int cut = events; cut < least.length; cut++) {
      least[cut] = steps;
    }
  }

  private void begin(int step) {
    for (int cut = events; cut < most.length; cut++) {
      most[cut] = step + 1;
    }
  }

  private void mark(String text) {
    record('M', new byte[0], text.getBytes(UTF_8));
  }

  private void write() {
    record('O', ("/root/f" + events).getBytes(UTF_8), new byte[0]);
  }

  private void record(char type, byte[] path, byte[] data) {
    ByteBuffer head = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
    head.putInt(type).putInt(1).putLong(0).putLong(0);
    head.putInt(path.length).putInt(0).putLong(data.length);
    log.writeBytes(head.array());
    log.writeBytes(path);
    log.writeBytes(data);
    events++;
  }
}
