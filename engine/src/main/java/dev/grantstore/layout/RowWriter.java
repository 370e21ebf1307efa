package dev.grantstore.layout;

import dev.grantstore.CanonicalForm;
import dev.grantstore.Grant;
import dev.grantstore.IdField;
import dev.grantstore.codec.RecordWriter;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.codec.ValueForm;

/**
 * Makes the rows of one grant, keyspace by keyspace, in buffers that are used again and again. One
 * thread.
 *
 * <p>Call {@link #grant} first, then {@link #row} for each keyspace wanted; key and value are valid
 * until the next call.
 */
public final class RowWriter {
  private static final IdField[] IDS = IdField.values();

  private final TupleWriter key = new TupleWriter();

  /** Every id as a tuple element, in canonical order: escaped once, copied into each key. */
  private final TupleWriter elements = new TupleWriter();

  private final int[] elementEnds = new int[IdField.COUNT];
  private final RecordWriter withReferences;
  private final RecordWriter rest;
  private RecordWriter value;

  /** Creates empty buffers for rows without checksums. */
  public RowWriter() {
    this(ValueForm.PLAIN);
  }

  /**
   * Creates empty buffers.
   *
   * @param form of the values
   */
  public RowWriter(ValueForm form) {
    withReferences = new RecordWriter(form);
    rest = new RecordWriter(form);
    value = rest;
  }

  /**
   * Takes up a grant and encodes its values.
   *
   * @param grant encoded
   * @param canonical its canonical form; read in this call only
   */
  public void grant(Grant grant, CanonicalForm canonical) {
    elements.reset();
    for (IdField id : IDS) {
      elements.putElement(canonical.array(), canonical.offset(id), canonical.length(id));
      elementEnds[id.position()] = elements.length();
    }
    withReferences.encodeWithReferences(grant, canonical);
    rest.encodeRest(grant);
  }

  /**
   * Encodes the key of the grant's row, and makes its value ready.
   *
   * @param keyspace which row
   * @param sync the sync's number
   */
  public void row(Keyspace keyspace, int sync) {
    key.reset();
    key.putUnsignedInt(sync);
    for (IdField id : keyspace.keyOrderArray()) {
      int at = id.position();
      int start = at == 0 ? 0 : elementEnds[at - 1];
      key.putEncoded(elements.array(), start, elementEnds[at] - start);
    }
    value = keyspace.referencesInValue() ? withReferences : rest;
    value.finishFor(key.array(), key.length());
  }

  /**
   * {@return the length of the longest key that a row of this grant has: those with all its ids}
   */
  public int longestKeyBytes() {
    return Integer.BYTES + elements.length();
  }

  /** {@return the key of the row} */
  public TupleWriter key() {
    return key;
  }

  /** {@return the value of the row} */
  public RecordWriter value() {
    return value;
  }
}
