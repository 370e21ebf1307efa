package dev.grantstore.codec;

import dev.grantstore.Bytes;
import dev.grantstore.Utf8View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Tuples with their shape, and what the contract says of their order and their bytes. */
final class Tuples {
  private static final int MAX_PARTS = 6;

  /**
   * A tuple and what each of its parts is.
   *
   * @param shape may be longer than {@code parts}
   * @param parts the values
   */
  record Shaped(List<PartKind> shape, List<Object> parts) {
    byte[] encode() {
      return Tuples.encode(shape, parts);
    }
  }

  /**
   * Two tuples whose parts at the same place are of the same kind.
   *
   * @param shape at least as long as the longer one
   * @param a one
   * @param b the other
   */
  record Pair(List<PartKind> shape, List<Object> a, List<Object> b) {}

  private Tuples() {}

  static byte[] encode(List<PartKind> shape, List<?> parts) {
    TupleWriter out = new TupleWriter();
    for (int i = 0; i < parts.size(); i++) {
      shape.get(i).write(out, parts.get(i));
    }
    return out.toByteArray();
  }

  /** Reads a whole key; copies the views only after all of it is read. */
  static List<Object> decode(List<PartKind> shape, byte[] key) throws MalformedBytesException {
    TupleReader in = new TupleReader();
    // Somewhere in a larger array, as a cursor's buffer is.
    byte[] around = new byte[key.length + 5];
    System.arraycopy(key, 0, around, 3, key.length);
    in.reset(around, 3, key.length);
    List<Object> read = new ArrayList<>();
    for (PartKind kind : shape) {
      read.add(kind.read(in));
    }
    in.end();
    read.replaceAll(part -> part instanceof Utf8View view ? copy(view) : part);
    return read;
  }

  static int compare(List<PartKind> shape, List<?> a, List<?> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = shape.get(i).compare(a.get(i), b.get(i));
      if (order != 0) {
        return Integer.signum(order);
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  static boolean isPrefix(List<?> a, List<?> b) {
    return a.size() <= b.size() && b.subList(0, a.size()).equals(a);
  }

  static List<PartKind> elements(int count) {
    return Collections.nCopies(count, PartKind.ELEMENT);
  }

  static Arbitrary<Shaped> shaped() {
    return Combinators.combine(shapes(), elementLists(), numberLists())
        .as((shape, elements, numbers) -> new Shaped(shape, parts(shape, elements, numbers)));
  }

  /** Pairs that often share their first parts, cut to any lengths. */
  static Arbitrary<Pair> pairs() {
    Arbitrary<Integer> cut = Arbitraries.integers().between(0, MAX_PARTS);
    return Combinators.combine(shaped(), elementLists(), numberLists(), cut, cut, cut)
        .as(
            (a, elements, numbers, shared, cutA, cutB) -> {
              List<Object> b = parts(a.shape(), elements, numbers);
              for (int i = 0; i < Math.min(shared, b.size()); i++) {
                b.set(i, a.parts().get(i));
              }
              return new Pair(a.shape(), first(a.parts(), cutA), first(b, cutB));
            });
  }

  static Arbitrary<List<PartKind>> shapes() {
    Arbitrary<PartKind> kind =
        Arbitraries.frequency(
            Tuple.of(6, PartKind.ELEMENT),
            Tuple.of(1, PartKind.UNSIGNED_INT),
            Tuple.of(1, PartKind.SIGNED_INT),
            Tuple.of(1, PartKind.UNSIGNED_LONG),
            Tuple.of(1, PartKind.SIGNED_LONG),
            Tuple.of(1, PartKind.TRUTH));
    return kind.list().ofMinSize(1).ofMaxSize(MAX_PARTS);
  }

  private static Arbitrary<List<Bytes>> elementLists() {
    return TrapElements.elements().list().ofSize(MAX_PARTS);
  }

  private static Arbitrary<List<Long>> numberLists() {
    return Arbitraries.longs().list().ofSize(MAX_PARTS);
  }

  private static List<Object> parts(
      List<PartKind> shape, List<Bytes> elements, List<Long> numbers) {
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i < shape.size(); i++) {
      parts.add(shape.get(i).value(elements.get(i), numbers.get(i)));
    }
    return parts;
  }

  private static <T> List<T> first(List<T> list, int count) {
    return list.subList(0, Math.min(count, list.size()));
  }

  private static Bytes copy(Utf8View view) {
    byte[] bytes = new byte[view.length()];
    view.copyTo(bytes, 0);
    return Bytes.copyOf(bytes);
  }
}
