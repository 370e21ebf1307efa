package dev.grantstore.layout;

import dev.grantstore.Bytes;
import dev.grantstore.CanonicalForm;
import dev.grantstore.Grant;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.codec.ValueForm;

/** Keys and values of grants' rows, each as a value of its own. */
final class Rows {
  /**
   * A row.
   *
   * @param key its key
   * @param value its value
   */
  record Row(Bytes key, Bytes value) {}

  private Rows() {}

  static Row of(Grant grant, Keyspace keyspace, int sync) {
    return of(ValueForm.PLAIN, grant, keyspace, sync);
  }

  static Row of(ValueForm valueForm, Grant grant, Keyspace keyspace, int sync) {
    CanonicalForm form = new CanonicalForm();
    form.encode(grant);
    RowWriter writer = new RowWriter(valueForm);
    writer.grant(grant, form);
    writer.row(keyspace, sync);
    return new Row(
        key(writer.key()), Bytes.copyOf(writer.value().array(), 0, writer.value().length()));
  }

  static Bytes key(TupleWriter writer) {
    return Bytes.copyOf(writer.array(), 0, writer.length());
  }

  static boolean startsWith(Bytes key, Bytes prefix) {
    return key.length() >= prefix.length()
        && Bytes.copyOf(key.toByteArray(), 0, prefix.length()).equals(prefix);
  }
}
