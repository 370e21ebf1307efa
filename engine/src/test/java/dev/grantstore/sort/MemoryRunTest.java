package dev.grantstore.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryRunTest {
  private final RowBuffer buffer = Row.sortedBuffer(List.of(Row.of("b", 2), Row.of("a", 1)));

  @Test
  void bufferIsLentUntilTheRunIsClosed() throws IOException {
    SortedRun run = SortedRun.inMemory(buffer);
    assertThat(run.memoryBytes()).isEqualTo(buffer.memoryBytes());
    assertThat(run.fileBytes()).isZero();
    assertThatIllegalStateException().isThrownBy(buffer::clear);
    assertThatIllegalStateException().isThrownBy(() -> Row.of("c", 3).appendTo(buffer));
    assertThatIllegalStateException().isThrownBy(() -> SortedRun.inMemory(buffer));

    run.close();

    assertThat(buffer.rows()).isZero();
    assertThat(Row.of("c", 3).appendTo(buffer)).isTrue();
  }

  @Test
  void closingTwiceDoesNotClearTheBufferAgain() throws IOException {
    SortedRun run = SortedRun.inMemory(buffer);
    run.close();
    assertThat(Row.of("c", 3).appendTo(buffer)).isTrue();
    run.close();

    assertThat(buffer.rows()).isOne();
  }

  @Test
  void failsAfterClose() throws IOException {
    SortedRun run = SortedRun.inMemory(buffer);
    RowCursor cursor = run.cursor(null, null);
    assertThat(cursor.next()).isTrue();
    run.close();

    assertThatIllegalStateException().isThrownBy(cursor::next);
    assertThatIllegalStateException().isThrownBy(() -> run.cursor(null, null));
  }

  @Test
  void refusesAnUnsortedBuffer() {
    RowBuffer unsorted = new RowBuffer(RowBuffer.MIN_CAPACITY_BYTES);

    assertThatIllegalStateException().isThrownBy(() -> SortedRun.inMemory(unsorted));
  }
}
