package dev.grantstore.sort;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run over a lent buffer. */
final class MemoryRun extends SortedRun {
  private final RowBuffer buffer;
  private final RowTable table;
  private final int rows;
  private volatile boolean closed;

  MemoryRun(RowBuffer sorted) {
    table = sorted.lend();
    buffer = sorted;
    rows = table.rows();
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long memoryBytes() {
    return table.bytes().length;
  }

  @Override
  public long fileBytes() {
    return 0;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      buffer.takeBack();
    }
  }

  @Override
  RunCursor runCursor(byte @Nullable [] from, byte @Nullable [] to) {
    requireOpen();
    int first = from == null ? 0 : table.lowerBound(from);
    int end = to == null ? rows : table.lowerBound(to);
    return new MemoryCursor(table, first, Math.max(first, end));
  }

  @Override
  void sample(int limit, List<KeySample> samples) {
    requireOpen();
    int count = Math.min(limit, rows);
    for (int i = 0; i < count; i++) {
      int row = (int) ((long) rows * i / count);
      int next = (int) ((long) rows * (i + 1) / count);
      samples.add(new KeySample(table.copyKey(row), next - row));
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("run is closed");
    }
  }
}
