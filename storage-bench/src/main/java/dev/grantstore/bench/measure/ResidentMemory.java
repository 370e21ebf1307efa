package dev.grantstore.bench.measure;

import dev.grantstore.Utf8;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this process has in memory, Java's garbage left out: everything resident outside the Java
 * heap, as Linux says mapping by mapping, and of the heap what a collection leaves.
 *
 * @param heapBytes Java heap in use after a collection
 * @param nativeBytes resident outside the heap, of no file or changed since it was read from one
 * @param mappedFileBytes resident pages of mapped files, libraries included
 */
public record ResidentMemory(long heapBytes, long nativeBytes, long mappedFileBytes) {
  private static final Pattern HEX = Pattern.compile("0x([0-9a-f]+)");

  /** HotSpot gives the bounds of each part of its heap in brackets. */
  private static final Pattern BOUNDS = Pattern.compile("\\[(0x[0-9a-f]+(?:, 0x[0-9a-f]+)+)\\)");

  private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .*");
  private static final Pattern FIELD = Pattern.compile("(Rss|Anonymous): +(\\d+) kB");

  /**
   * {@return what it has now, after a collection, and after the allocator gave back what was freed,
   * where the JVM can ask it to; empty where the system or the JVM do not say}
   */
  public static Optional<ResidentMemory> now() {
    System.gc();
    trimNativeHeap();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    try {
      List<String> mappings = Utf8.read(Path.of("/proc/self/smaps")).lines().toList();
      return of(mappings, heapInfo(), heap);
    } catch (IOException | JMException e) {
      return Optional.empty();
    }
  }

  static Optional<ResidentMemory> of(List<String> mappings, String heapInfo, long heapBytes) {
    long from = -1;
    long to = 0;
    Matcher bounds = BOUNDS.matcher(heapInfo);
    while (bounds.find()) {
      Matcher address = HEX.matcher(bounds.group(1));
      while (address.find()) {
        long at = Long.parseUnsignedLong(address.group(1), 16);
        from = from < 0 ? at : Math.min(from, at);
        to = Math.max(to, at);
      }
    }
    return from < 0 ? Optional.empty() : Optional.of(outside(from, to, mappings, heapBytes));
  }

  private static ResidentMemory outside(long from, long to, List<String> mappings, long heapBytes) {
    long resident = 0;
    long anonymous = 0;
    boolean isHeap = false;
    for (String line : mappings) {
      Matcher mapping = MAPPING.matcher(line);
      if (mapping.matches()) {
        long start = Long.parseUnsignedLong(mapping.group(1), 16);
        isHeap = start - from >= 0 && start - to < 0;
        continue;
      }
      Matcher field = FIELD.matcher(line);
      if (!isHeap && field.matches()) {
        long bytes = Long.parseLong(field.group(2)) << 10;
        resident += field.group(1).equals("Rss") ? bytes : 0;
        anonymous += field.group(1).equals("Anonymous") ? bytes : 0;
      }
    }
    return new ResidentMemory(heapBytes, anonymous, resident - anonymous);
  }

  private static String heapInfo() throws JMException {
    return diagnosed("gcHeapInfo");
  }

  private static void trimNativeHeap() {
    try {
      diagnosed("systemTrimNativeHeap");
    } catch (JMException e) {
      // JVMs before 17.0.9 cannot: what the allocator keeps is then in either look.
    }
  }

  private static String diagnosed(String command) throws JMException {
    Object said =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                command,
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    return String.valueOf(said);
  }
}
