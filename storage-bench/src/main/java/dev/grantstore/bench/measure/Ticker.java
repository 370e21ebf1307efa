package dev.grantstore.bench.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells those who measure the time, and what the calling thread and the process have used; lets
 * them wait: the system's, or that of a test. Thread-safe.
 */
public interface Ticker {
  /** Waits longer than this are slept through, all but this much; the rest is spent looking. */
  long SPIN_NANOS = 60_000;

  /** The system's. */
  Ticker SYSTEM =
      new Ticker() {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long cpuNanos() {
          return threads.getCurrentThreadCpuTime();
        }

        @Override
        public long allocatedBytes() {
          return threads.getCurrentThreadAllocatedBytes();
        }

        @Override
        public long deviceWriteBytes() {
          return DiskTraffic.in(Path.of("/proc")).map(DiskTraffic::writeBytes).orElse(-1L);
        }

        @Override
        public Optional<ResidentMemory> resident() {
          return ResidentMemory.now();
        }

        @Override
        public OptionalInt handles() {
          return OpenFiles.all();
        }

        @Override
        public OptionalInt mostHandles() {
          return OpenFiles.most();
        }

        @Override
        public void pause(long leftNanos) {
          if (leftNanos > 2 * SPIN_NANOS) {
            LockSupport.parkNanos(leftNanos - SPIN_NANOS);
          } else {
            Thread.onSpinWait();
          }
        }
      };

  /** {@return nanoseconds since some moment} */
  long nanos();

  /** {@return the CPU time of the calling thread so far} */
  long cpuNanos();

  /** {@return the Java heap that the calling thread has allocated so far} */
  long allocatedBytes();

  /**
   * {@return what the process had to be written to the device so far, counted when a page becomes
   * dirty; negative where that is not known}
   */
  long deviceWriteBytes();

  /** {@return what the process has in memory now, after a collection; empty where not known} */
  Optional<ResidentMemory> resident();

  /** {@return how many file handles the process has open; empty where not known} */
  OptionalInt handles();

  /** {@return how many it may have open; empty where there is no limit, or it is not known} */
  OptionalInt mostHandles();

  /**
   * Lets some time pass, for a wait that looks at the time again and again.
   *
   * @param leftNanos the most, over 0
   */
  void pause(long leftNanos);
}
