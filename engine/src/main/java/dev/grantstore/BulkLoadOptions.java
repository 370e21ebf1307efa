package dev.grantstore;

import java.util.Locale;

/**
 * How a bulk load uses the machine. Nothing here changes what is loaded.
 *
 * @param memoryBudgetBytes the most the load keeps in memory for sorting; more goes to temporary
 *     files beside the store; at least {@link #MIN_MEMORY_BUDGET_BYTES}
 * @param threads threads that sort and write besides the callers'; at least 1
 */
public record BulkLoadOptions(long memoryBudgetBytes, int threads) {
  /** The smallest budget that a load accepts. */
  public static final long MIN_MEMORY_BUDGET_BYTES = 1 << 20;

  /** Checks the bounds. */
  public BulkLoadOptions {
    if (memoryBudgetBytes < MIN_MEMORY_BUDGET_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "memory budget is too small: bytes=%d least=%d",
              memoryBudgetBytes,
              MIN_MEMORY_BUDGET_BYTES));
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
  }

  /** {@return all cores, and three eighths of the heap but at most 1 GiB} */
  public static BulkLoadOptions defaults() {
    long heap = Runtime.getRuntime().maxMemory();
    long budget = Math.max(MIN_MEMORY_BUDGET_BYTES, Math.min(heap / 8 * 3, 1L << 30));
    return new BulkLoadOptions(budget, Runtime.getRuntime().availableProcessors());
  }
}
