package dev.grantstore.bench.testengine;

import dev.grantstore.bench.measure.ResidentMemory;
import dev.grantstore.bench.measure.Ticker;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;

/** Time that passes only when a test says so, from 0 on; each thread has its own, unless shared. */
public final class ManualTicker implements Ticker {
  private static final int CPU_PART = 4;

  private final long nanosPerLook;
  private final ThreadLocal<Spent> spent;

  private IntSupplier handles = () -> 0;
  private OptionalInt mostHandles = OptionalInt.empty();
  private boolean tellsMemory = true;

  private static final class Spent {
    private long nanos;
    private long cpuNanos;
    private long bytes;
    private long writtenBytes;
    private long residentBytes;
  }

  /** Time that does not pass while one looks at it. */
  public ManualTicker() {
    this(0);
  }

  /** Time of which each look takes so much, a quarter of it on the processor. */
  public ManualTicker(long nanosPerLook) {
    this(nanosPerLook, ThreadLocal.withInitial(Spent::new));
  }

  private ManualTicker(long nanosPerLook, ThreadLocal<Spent> spent) {
    this.nanosPerLook = nanosPerLook;
    this.spent = spent;
  }

  /** {@return time that is the same on all threads, of which one at a time lets some pass} */
  public static ManualTicker shared() {
    Spent all = new Spent();
    return new ManualTicker(0, ThreadLocal.withInitial(() -> all));
  }

  /** Lets time pass on this thread. */
  public void advance(long byNanos) {
    spent.get().nanos += byNanos;
  }

  /** Uses processor and heap on this thread; no time passes. */
  public void use(long cpuNanos, long bytes) {
    spent.get().cpuNanos += cpuNanos;
    spent.get().bytes += bytes;
  }

  /** Writes to the device, on behalf of this thread; no time passes. */
  public void write(long bytes) {
    spent.get().writtenBytes += bytes;
  }

  /** Takes native memory; no time passes. */
  public void occupy(long bytes) {
    spent.get().residentBytes += bytes;
  }

  /** Says how many file handles are open, and how many may be. */
  public void handles(IntSupplier open, int most) {
    handles = open;
    mostHandles = OptionalInt.of(most);
  }

  /** Is that of a system which does not say what a process has in memory. */
  public void tellNoMemory() {
    tellsMemory = false;
  }

  @Override
  public OptionalInt handles() {
    return OptionalInt.of(handles.getAsInt());
  }

  @Override
  public OptionalInt mostHandles() {
    return mostHandles;
  }

  @Override
  public long deviceWriteBytes() {
    return spent.get().writtenBytes;
  }

  @Override
  public Optional<ResidentMemory> resident() {
    return tellsMemory
        ? Optional.of(new ResidentMemory(0, spent.get().residentBytes, 0))
        : Optional.empty();
  }

  @Override
  public long nanos() {
    advance(nanosPerLook);
    use(nanosPerLook / CPU_PART, 0);
    return spent.get().nanos;
  }

  @Override
  public long cpuNanos() {
    return spent.get().cpuNanos;
  }

  @Override
  public long allocatedBytes() {
    return spent.get().bytes;
  }

  @Override
  public void pause(long leftNanos) {
    advance(leftNanos);
  }
}
