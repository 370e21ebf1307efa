package dev.grantstore.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A heap whose first element may change in its place: one that stays the least costs two
 * comparisons then, and not two for each level. One thread.
 *
 * @param <T> what is held
 */
final class LeastFirst<T> {
  private final Comparator<T> order;
  private final List<T> heap = new ArrayList<>();

  LeastFirst(Comparator<T> order) {
    this.order = order;
  }

  boolean isEmpty() {
    return heap.isEmpty();
  }

  /** {@return the least} */
  T first() {
    return heap.get(0);
  }

  /** {@return the least but one} */
  Optional<T> second() {
    return heap.size() < 2 ? Optional.empty() : Optional.of(heap.get(lesser(1)));
  }

  void add(T element) {
    heap.add(element);
    int at = heap.size() - 1;
    while (at > 0 && order.compare(element, heap.get((at - 1) / 2)) < 0) {
      heap.set(at, heap.get((at - 1) / 2));
      at = (at - 1) / 2;
    }
    heap.set(at, element);
  }

  /** Puts the least where it belongs after it became greater. */
  void firstChanged() {
    sink(heap.get(0));
  }

  T removeFirst() {
    T first = heap.get(0);
    T last = heap.remove(heap.size() - 1);
    if (!heap.isEmpty()) {
      sink(last);
    }
    return first;
  }

  private void sink(T element) {
    int at = 0;
    for (int child = 1; child < heap.size(); child = 2 * at + 1) {
      int least = lesser(child);
      if (order.compare(element, heap.get(least)) <= 0) {
        break;
      }
      heap.set(at, heap.get(least));
      at = least;
    }
    heap.set(at, element);
  }

  /** The lesser of a place and the next, if there is one. */
  private int lesser(int child) {
    boolean isNext =
        child + 1 < heap.size() && order.compare(heap.get(child + 1), heap.get(child)) < 0;
    return isNext ? child + 1 : child;
  }
}
