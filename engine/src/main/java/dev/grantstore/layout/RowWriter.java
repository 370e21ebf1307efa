package dev.grantstore.layout;

import dev.grantstore.CanonicalForm;
import dev.grantstore.Grant;
import dev.grantstore.IdField;
import dev.grantstore.codec.RecordWriter;
import dev.grantstore.codec.TupleWriter;

/**
 * Makes the rows of one grant, keyspace by keyspace, in buffers that are used again and again. One
 * thread.
 *
 * <p>Call {@link #grant} first, then {@link #row} for each keyspace wanted; key and value are valid
 * until the next call.
 */
public final class RowWriter {
  private static final CanonicalForm NOTHING = new CanonicalForm();

  private final TupleWriter key = new TupleWriter();
  private final RecordWriter withReferences = new RecordWriter();
  private final RecordWriter rest = new RecordWriter();
  private CanonicalForm form = NOTHING;
  private RecordWriter value = rest;

  /** Creates empty buffers. */
  public RowWriter() {}

  /**
   * Takes up a grant and encodes its values.
   *
   * @param grant encoded
   * @param canonical its canonical form; read until the next call
   */
  public void grant(Grant grant, CanonicalForm canonical) {
    form = canonical;
    withReferences.encodeWithReferences(grant, canonical);
    rest.encodeRest(grant);
  }

  /**
   * Encodes the key of the grant's row and points at its value.
   *
   * @param keyspace which row
   * @param sync the sync's number
   */
  public void row(Keyspace keyspace, int sync) {
    key.reset();
    key.putUnsignedInt(sync);
    for (IdField id : keyspace.keyOrderArray()) {
      key.putElement(form.array(), form.offset(id), form.length(id));
    }
    value = keyspace.referencesInValue() ? withReferences : rest;
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
