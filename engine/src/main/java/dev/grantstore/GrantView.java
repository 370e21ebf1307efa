package dev.grantstore;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@link GrantReader#get(String, String, GrantView)} found: ids, times and flag of one grant,
 * copied, without an object for each. To be used again and again by one thread; what it gives is
 * valid until the next read into it, also after the store is closed. At first it holds a grant of
 * empty ids, found in 1970.
 */
public final class GrantView {
  private static final IdField[] IDS = IdField.values();

  private final Utf8View[] ids = new Utf8View[IdField.COUNT];
  private byte[] bytes = new byte[256];
  private long seconds;
  private int nanos;
  private boolean needsExpansion;
  private boolean hasExpiry;
  private long expiresSeconds;
  private int expiresNanos;

  /** Creates a view to read into. */
  public GrantView() {
    for (int i = 0; i < ids.length; i++) {
      ids[i] = new Utf8View();
    }
  }

  /**
   * {@return one id, valid until the next read into this view; the same object each time}
   *
   * @param field which id
   */
  public Utf8View id(IdField field) {
    return ids[field.position()];
  }

  /** {@return the whole seconds of {@link Grant#discoveredAt()}} */
  public long discoveredSeconds() {
    return seconds;
  }

  /** {@return the nanoseconds within the second of {@link Grant#discoveredAt()}} */
  public int discoveredNanos() {
    return nanos;
  }

  /** {@return {@link Grant#needsExpansion()}} */
  public boolean needsExpansion() {
    return needsExpansion;
  }

  /** {@return whether {@link Grant#expiresAt()} is there} */
  public boolean hasExpiry() {
    return hasExpiry;
  }

  /** {@return the whole seconds of {@link Grant#expiresAt()}; 0 if there is none} */
  public long expiresSeconds() {
    return expiresSeconds;
  }

  /**
   * {@return the nanoseconds within the second of {@link Grant#expiresAt()}; 0 if there is none}
   */
  public int expiresNanos() {
    return expiresNanos;
  }

  /**
   * Takes a grant. For engines.
   *
   * @param grant copied
   */
  public void set(Grant grant) {
    CanonicalForm form = new CanonicalForm();
    form.encode(grant);
    Utf8View[] views = new Utf8View[IdField.COUNT];
    for (IdField field : IDS) {
      views[field.position()] = new Utf8View();
      views[field.position()].wrap(form.array(), form.offset(field), form.length(field));
    }
    Instant at = grant.discoveredAt();
    set(
        field -> views[field.position()],
        at.getEpochSecond(),
        at.getNano(),
        grant.needsExpansion());
    Optional<Instant> end = grant.expiresAt();
    if (end.isPresent()) {
      Instant ends = end.get();
      setExpiry(ends.getEpochSecond(), ends.getNano());
    }
  }

  /**
   * Takes what another view holds.
   *
   * @param other copied
   */
  public void set(GrantView other) {
    set(other::id, other.seconds, other.nanos, other.needsExpansion);
    hasExpiry = other.hasExpiry;
    expiresSeconds = other.expiresSeconds;
    expiresNanos = other.expiresNanos;
  }

  /**
   * Takes a row that does not expire, or does from {@link #setExpiry} on. For engines.
   *
   * @param row gives the row's ids, which are copied
   * @param discoveredSeconds the whole seconds
   * @param discoveredNanos the nanoseconds within the second
   * @param isToBeExpanded whether expansion is still to be done
   */
  public void set(
      Function<IdField, Utf8View> row,
      long discoveredSeconds,
      int discoveredNanos,
      boolean isToBeExpanded) {
    int length = 0;
    for (IdField field : IDS) {
      Utf8View id = row.apply(field);
      reserve(length + id.length());
      id.copyTo(bytes, length);
      ids[field.position()].wrap(bytes, length, id.length());
      length += id.length();
    }
    setRest(discoveredSeconds, discoveredNanos, isToBeExpanded);
  }

  /**
   * {@return an array for the ids of a row, which the view points into after {@link #point}} What
   * the view held is lost. For engines.
   *
   * @param length how many bytes it has at least
   */
  public byte[] room(int length) {
    reserve(length);
    return bytes;
  }

  /**
   * Takes an id that stands in {@link #room}. For engines.
   *
   * @param field which id
   * @param from where it starts
   * @param length how many bytes it has
   */
  public void point(IdField field, int from, int length) {
    ids[field.position()].wrap(bytes, from, length);
  }

  /**
   * Takes what a row has besides ids; it does not expire, or does from {@link #setExpiry} on. For
   * engines, which have put the ids into {@link #room}.
   *
   * @param discoveredSeconds the whole seconds
   * @param discoveredNanos the nanoseconds within the second
   * @param isToBeExpanded whether expansion is still to be done
   */
  public void setRest(long discoveredSeconds, int discoveredNanos, boolean isToBeExpanded) {
    seconds = discoveredSeconds;
    nanos = discoveredNanos;
    needsExpansion = isToBeExpanded;
    hasExpiry = false;
    expiresSeconds = 0;
    expiresNanos = 0;
  }

  /**
   * Takes the row's end. For engines, after the row.
   *
   * @param wholeSeconds the whole seconds
   * @param nanosWithin the nanoseconds within the second
   */
  public void setExpiry(long wholeSeconds, int nanosWithin) {
    hasExpiry = true;
    expiresSeconds = wholeSeconds;
    expiresNanos = nanosWithin;
  }

  /** The ids before keep pointing into the smaller array, which nobody changes any more. */
  private void reserve(int length) {
    if (bytes.length < length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length));
    }
  }
}
