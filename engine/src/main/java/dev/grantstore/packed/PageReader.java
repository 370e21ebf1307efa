package dev.grantstore.packed;

import dev.grantstore.CorruptionException;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantBatch;
import dev.grantstore.GrantView;
import dev.grantstore.IdField;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.GrantDetails;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.Keyspace;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of page after page, decoding what is asked for and nothing else. One thread. What
 * cannot be what a writer wrote is {@link CorruptionException}.
 */
public final class PageReader {
  private static final int USUAL_PAGE_BYTES = 32 << 10;
  private static final int NO_ROW = -1;
  private static final int MOST_NANOS = 999_999_999;
  private static final IdField[] IDS = IdField.values();

  /** A column whose values are all empty. */
  private static final byte[] NO_DETAILS = {Column.CONSTANT, 0, 0, 0, 0};

  private final ColumnReader[] columns = new ColumnReader[IdField.COUNT];
  private final ColumnReader details = new ColumnReader(this);
  private @Nullable Page page;

  /** The texts of a row of {@link PlainRows}. */
  private byte[] texts = new byte[256];

  /** Which columns are open, a bit each. */
  private int opened;

  /** The row whose time was read last, and that time; both parts are asked for one by one. */
  private int timedRow = NO_ROW;

  private long seconds;
  private int nanos;

  /** Creates a reader on no page. */
  public PageReader() {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new ColumnReader(this);
    }
  }

  /**
   * Goes to a page.
   *
   * @param next may be the same one
   */
  public void open(Page next) {
    if (next != page) {
      page = next;
      opened = 0;
      timedRow = NO_ROW;
    }
  }

  /** Lets go of the page if it is a large one. */
  public void trim() {
    if (isOnLarge()) {
      leave();
    }
  }

  /** Lets go of the page; of use again after {@link #open}. */
  public void leave() {
    boolean isLarge = isOnLarge();
    page = null;
    opened = 0;
    timedRow = NO_ROW;
    details.leave(isLarge);
    for (ColumnReader column : columns) {
      column.leave(isLarge);
    }
  }

  /** {@return how many rows the page has} */
  public int rows() {
    return page().rows;
  }

  /**
   * {@return an id of a row, valid until another row or page is read; the same object each time}
   *
   * @param field which id
   * @param row from 0
   */
  public Utf8View id(IdField field, int row) {
    return column(field.position()).view(row);
  }

  /**
   * Writes the key that a row has where it is not packed.
   *
   * @param keyspace whose page it is
   * @param sync the sync's number
   * @param row from 0
   * @param out written to, from its start
   */
  public void key(Keyspace keyspace, int sync, int row, TupleWriter out) {
    out.reset();
    out.putUnsignedInt(sync);
    for (IdField field : keyspace.keyOrder()) {
      Utf8View id = id(field, row);
      byte[] bytes = new byte[id.length()];
      id.copyTo(bytes, 0);
      out.putElement(bytes, 0, bytes.length);
    }
  }

  /**
   * {@return {@link Grant#needsExpansion()} of a row}
   *
   * @param row from 0
   */
  public boolean needsExpansion(int row) {
    return page().needsExpansion(row);
  }

  /**
   * {@return the seconds of {@link Grant#discoveredAt()} of a row}
   *
   * @param row from 0
   */
  public long seconds(int row) {
    readTime(row);
    return seconds;
  }

  /**
   * {@return the nanoseconds within the second of {@link Grant#discoveredAt()} of a row}
   *
   * @param row from 0
   */
  public int nanos(int row) {
    readTime(row);
    return checkedNanos(nanos);
  }

  private void readTime(int row) {
    Page here = page();
    if (row != timedRow) {
      if (here.isPlain) {
        setTime(TimeUnits.of(PlainRows.timeUnit(here.bytes)), PlainRows.time(here.bytes, row));
      } else if (here.times.units() == TimeUnits.APART) {
        seconds = here.times.seconds(row);
        nanos = here.times.nanos(row);
      } else {
        setTime(here.times.units(), here.times.count(row));
      }
      timedRow = row;
    }
  }

  private void setTime(TimeUnits units, long count) {
    seconds = units.seconds(count);
    nanos = units.nanos(count, seconds);
  }

  /**
   * {@return whether {@link Grant#expiresAt()} of a row is there}
   *
   * @param row from 0
   */
  public boolean hasExpiry(int row) {
    ExpiryColumn expiry = page().expiry;
    return expiry != null && expiry.isOf(row);
  }

  /**
   * {@return the seconds of {@link Grant#expiresAt()} of a row, 0 without}
   *
   * @param row from 0
   */
  public long expiresSeconds(int row) {
    ExpiryColumn expiry = page().expiry;
    return expiry != null && expiry.isOf(row) ? expiry.times().seconds(expiry.index(row)) : 0;
  }

  /**
   * {@return the nanoseconds within the second of {@link Grant#expiresAt()} of a row, 0 without}
   *
   * @param row from 0
   */
  public int expiresNanos(int row) {
    ExpiryColumn expiry = page().expiry;
    return expiry != null && expiry.isOf(row)
        ? checkedNanos(expiry.times().nanos(expiry.index(row)))
        : 0;
  }

  /**
   * Copies a row.
   *
   * @param row from 0
   * @param into filled with it
   */
  public void copy(int row, GrantView into) {
    Page here = page();
    if (here.isPlain) {
      copyPlain(here, row, into);
      return;
    }
    into.set(field -> id(field, row), seconds(row), nanos(row), needsExpansion(row));
    if (hasExpiry(row)) {
      into.setExpiry(expiresSeconds(row), expiresNanos(row));
    }
  }

  private void copyPlain(Page here, int row, GrantView into) {
    byte[] plain = here.bytes;
    byte[] room = into.room(PlainRows.textBytes(plain) + PlainRows.SLACK_BYTES);
    writePlain(here, row, room);
    for (IdField field : IDS) {
      int id = field.position();
      into.point(field, PlainRows.textAt(plain, id), PlainRows.textLength(plain, id));
    }
    into.setRest(seconds(row), nanos(row), here.needsExpansion(row));
  }

  private void writePlain(Page here, int row, byte[] into) {
    if (row >= here.rows || !PlainRows.write(here.bytes, row, into)) {
      throw corruption("number has more digits than it may have");
    }
  }

  /**
   * Copies rows, as many as go into a batch.
   *
   * @param from the first of them
   * @param most how many at most, all of this page
   * @param into filled with them; has none yet
   */
  public void copy(int from, int most, GrantBatch into) {
    int bytesOfRow = 0;
    for (int column = 0; column < IDS.length; column++) {
      bytesOfRow += column(column).view(from).length();
    }
    int count = Math.min(most, into.capacity(bytesOfRow));
    for (IdField field : IDS) {
      ColumnCopy.copy(column(field.position()), from, count, into.ids(field));
    }
    for (int row = 0; row < count; row++) {
      into.setRest(row, seconds(from + row), nanos(from + row), needsExpansion(from + row));
    }
    if (page().expiry != null) {
      for (int row = 0; row < count; row++) {
        if (hasExpiry(from + row)) {
          into.setExpiry(row, expiresSeconds(from + row), expiresNanos(from + row));
        }
      }
    }
    into.setRows(count);
  }

  /**
   * {@return whether a row has an expansion, sources or annotations}
   *
   * @param row from 0
   */
  public boolean hasDetails(int row) {
    if (page().isPlain) {
      return false;
    }
    ColumnReader fields = details();
    fields.move(row);
    return fields.length() > 0;
  }

  /**
   * {@return a row as a value of its own}
   *
   * @param row from 0
   */
  public Grant grant(int row) {
    try {
      Page here = page();
      if (here.isPlain && here.isAscii) {
        return plainGrant(here, row);
      }
      ColumnReader fields = details();
      fields.move(row);
      GrantDetails rest = GrantDetails.read(fields.array(), fields.at(), fields.length());
      return new Grant(
          text(IdField.GRANT_ID, row),
          new EntitlementRef(
              text(IdField.ENTITLEMENT_TYPE, row),
              text(IdField.ENTITLEMENT_RESOURCE, row),
              text(IdField.ENTITLEMENT_ID, row)),
          new PrincipalRef(text(IdField.PRINCIPAL_TYPE, row), text(IdField.PRINCIPAL_ID, row)),
          Instant.ofEpochSecond(seconds(row), nanos(row)),
          needsExpansion(row),
          rest.expansion(),
          rest.sources(),
          rest.annotations(),
          hasExpiry(row)
              ? Optional.of(Instant.ofEpochSecond(expiresSeconds(row), expiresNanos(row)))
              : Optional.empty());
    } catch (MalformedBytesException | IllegalArgumentException | DateTimeException e) {
      throw corruption("row is not a grant: " + e.getMessage());
    }
  }

  /** Of a page whose texts are ASCII, so that they need no decoding, and that has no details. */
  private Grant plainGrant(Page here, int row) {
    int needed = PlainRows.textBytes(here.bytes) + PlainRows.SLACK_BYTES;
    if (texts.length < needed) {
      texts = new byte[2 * needed];
    }
    writePlain(here, row, texts);
    byte[] plain = here.bytes;
    return new Grant(
        plainText(plain, IdField.GRANT_ID),
        new EntitlementRef(
            plainText(plain, IdField.ENTITLEMENT_TYPE),
            plainText(plain, IdField.ENTITLEMENT_RESOURCE),
            plainText(plain, IdField.ENTITLEMENT_ID)),
        new PrincipalRef(
            plainText(plain, IdField.PRINCIPAL_TYPE), plainText(plain, IdField.PRINCIPAL_ID)),
        Instant.ofEpochSecond(seconds(row), nanos(row)),
        here.needsExpansion(row),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private String plainText(byte[] plain, IdField field) {
    int id = field.position();
    return new String(
        texts,
        PlainRows.textAt(plain, id),
        PlainRows.textLength(plain, id),
        StandardCharsets.ISO_8859_1);
  }

  /**
   * {@return the first row that begins with some ids, or -1}
   *
   * @param ids looked for, in the order of the keys
   */
  public int find(RowIds ids) {
    int row = find(ids, false, 0);
    return row < rows() && isSought(row, ids) ? row : -1;
  }

  /**
   * {@return the first row, from one on, that is not before some ids; or is behind all that begin
   * with them}
   *
   * @param ids looked for, in the order of the keys
   * @param behind whether those that begin with them are passed over too
   * @param from the row to start at
   */
  public int find(RowIds ids, boolean behind, int from) {
    int count = ids.count();
    int constants = 0;
    while (constants < count && column(ids.field(constants)).isConstant()) {
      int compared = column(ids.field(constants)).compare(0, ids.id(constants));
      if (compared != 0) {
        return compared < 0 ? rows() : from;
      }
      constants++;
    }
    if (constants == count) {
      return behind ? rows() : from;
    }
    for (int i = constants; i < count; i++) {
      column(ids.field(i)).seek(ids.id(i));
    }
    ColumnReader leading = columns[ids.field(constants)];
    int last = leading.lastRow(from, rows());
    int first = leading.leastRow(from, last);
    while (first < last) {
      int middle = (first + last) >>> 1;
      int compared = compareSought(middle, ids, constants);
      if (compared < 0 || (behind && compared == 0)) {
        first = middle + 1;
      } else {
        last = middle;
      }
    }
    return first;
  }

  /**
   * {@return how the first ids of a row, as many as are given, compare with those}
   *
   * @param row from 0
   * @param ids compared with
   */
  public int compare(int row, RowIds ids) {
    int compared = 0;
    for (int i = 0; compared == 0 && i < ids.count(); i++) {
      compared = column(ids.field(i)).compare(row, ids.id(i));
    }
    return compared;
  }

  /** Whether a row begins with ids that were just looked for: most are compared as numbers. */
  private boolean isSought(int row, RowIds ids) {
    for (int i = 0; i < ids.count(); i++) {
      ColumnReader column = columns[ids.field(i)];
      if (column.isConstant()
          ? column.compare(row, ids.id(i)) != 0
          : column.compareSought(row) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The same from one id on, whose columns and those behind have taken theirs up. */
  private int compareSought(int row, RowIds ids, int from) {
    int compared = 0;
    for (int i = from; compared == 0 && i < ids.count(); i++) {
      compared = columns[ids.field(i)].compareSought(row);
    }
    return compared;
  }

  /** {@return an id's column} */
  ColumnReader column(int index) {
    if ((opened & (1 << index)) == 0) {
      openColumn(index);
    }
    return columns[index];
  }

  /** Apart, so that {@link #column} is small enough to be compiled into its callers. */
  private void openColumn(int index) {
    Page here = page();
    ColumnReader column = columns[index];
    if (here.isPlain) {
      column.openPlain(here.bytes, index, here.rows);
    } else {
      column.open(here.bytes, here.start(index), here.end(index), here.rows);
    }
    opened |= 1 << index;
  }

  /** {@return the column of details} */
  ColumnReader details() {
    if ((opened & (1 << PageBytes.DETAILS)) == 0) {
      Page here = page();
      if (here.isPlain) {
        details.open(NO_DETAILS, 0, NO_DETAILS.length, here.rows);
      } else {
        details.open(
            here.bytes, here.start(PageBytes.DETAILS), here.end(PageBytes.DETAILS), here.rows);
      }
      opened |= 1 << PageBytes.DETAILS;
    }
    return details;
  }

  CorruptionException corruption(String problem) {
    return page().corruption(problem);
  }

  private boolean isOnLarge() {
    Page here = page;
    return here != null && here.bytes.length > USUAL_PAGE_BYTES;
  }

  private int checkedNanos(int nanos) {
    if (nanos < 0 || nanos > MOST_NANOS) {
      throw corruption("nanoseconds are out of range");
    }
    return nanos;
  }

  private String text(IdField field, int row) throws MalformedBytesException {
    return GrantDetails.text(column(field.position()).view(row), field);
  }

  private Page page() {
    Page here = page;
    if (here == null) {
      throw new IllegalStateException("reader is on no page");
    }
    return here;
  }
}
