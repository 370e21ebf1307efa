package dev.grantstore.codec;

import dev.grantstore.Bytes;
import dev.grantstore.Utf8View;

/** What a key is made of: for each kind its values, their order, and how they are written. */
enum PartKind {
  ELEMENT {
    @Override
    void write(TupleWriter out, Object value) {
      byte[] bytes = ((Bytes) value).toByteArray();
      out.putElement(bytes, 0, bytes.length);
    }

    @Override
    Object read(TupleReader in) throws MalformedBytesException {
      Utf8View view = new Utf8View();
      in.element(view);
      return view;
    }

    @Override
    int compare(Object a, Object b) {
      return ((Bytes) a).compareTo((Bytes) b);
    }

    @Override
    Object value(Bytes element, long number) {
      return element;
    }
  },
  UNSIGNED_INT {
    @Override
    void write(TupleWriter out, Object value) {
      out.putUnsignedInt((Integer) value);
    }

    @Override
    Object read(TupleReader in) throws MalformedBytesException {
      return in.unsignedInt();
    }

    @Override
    int compare(Object a, Object b) {
      return Integer.compareUnsigned((Integer) a, (Integer) b);
    }

    @Override
    Object value(Bytes element, long number) {
      return (int) number;
    }
  },
  SIGNED_INT {
    @Override
    void write(TupleWriter out, Object value) {
      out.putInt((Integer) value);
    }

    @Override
    Object read(TupleReader in) throws MalformedBytesException {
      return in.signedInt();
    }

    @Override
    int compare(Object a, Object b) {
      return Integer.compare((Integer) a, (Integer) b);
    }

    @Override
    Object value(Bytes element, long number) {
      return (int) number;
    }
  },
  UNSIGNED_LONG {
    @Override
    void write(TupleWriter out, Object value) {
      out.putUnsignedLong((Long) value);
    }

    @Override
    Object read(TupleReader in) throws MalformedBytesException {
      return in.unsignedLong();
    }

    @Override
    int compare(Object a, Object b) {
      return Long.compareUnsigned((Long) a, (Long) b);
    }

    @Override
    Object value(Bytes element, long number) {
      return number;
    }
  },
  SIGNED_LONG {
    @Override
    void write(TupleWriter out, Object value) {
      out.putLong((Long) value);
    }

    @Override
    Object read(TupleReader in) throws MalformedBytesException {
      return in.signedLong();
    }

    @Override
    int compare(Object a, Object b) {
      return Long.compare((Long) a, (Long) b);
    }

    @Override
    Object value(Bytes element, long number) {
      return number;
    }
  },
  TRUTH {
    @Override
    void write(TupleWriter out, Object value) {
      out.putBoolean((Boolean) value);
    }

    @Override
    Object read(TupleReader in) throws MalformedBytesException {
      return in.truth();
    }

    @Override
    int compare(Object a, Object b) {
      return Boolean.compare((Boolean) a, (Boolean) b);
    }

    @Override
    Object value(Bytes element, long number) {
      return number > 0;
    }
  };

  abstract void write(TupleWriter out, Object value);

  /** A number or truth value, or a view that stays valid until the reader's next reset. */
  abstract Object read(TupleReader in) throws MalformedBytesException;

  abstract int compare(Object a, Object b);

  /** A value of this kind, from random ones of the two types that values come from. */
  abstract Object value(Bytes element, long number);
}
