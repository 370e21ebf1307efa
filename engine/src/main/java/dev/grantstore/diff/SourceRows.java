package dev.grantstore.diff;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.IdField;
import dev.grantstore.PageToken;
import dev.grantstore.Utf8View;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The rows of one source of a merge, in the order of ids. One thread. */
interface SourceRows extends AutoCloseable {
  /** {@return whether there is another row, on which this stands now} */
  boolean next();

  /** {@return its id, valid until the next row} */
  Utf8View id();

  /** {@return the whole seconds of when it was discovered} */
  long seconds();

  /** {@return the nanoseconds within the second} */
  int nanos();

  /** {@return the row} */
  Grant grant();

  @Override
  void close();

  /** {@return rows that are read by one cursor} */
  static SourceRows byCursor(GrantReader reader, String syncId) {
    return new ByCursor(reader.cursor(new GrantQuery.Scan(syncId)));
  }

  /**
   * {@return rows that are read page by page, with no cursor in between}
   *
   * @param rows how many of them are held
   */
  static SourceRows byPage(GrantReader reader, String syncId, int rows) {
    return new ByPage(reader, new GrantQuery.Scan(syncId), rows);
  }

  /** Decodes of a row what is asked for, and its id, which is compared with many, once. */
  final class ByCursor implements SourceRows {
    private final GrantCursor cursor;
    private final Utf8View id = new Utf8View();
    private byte[] bytes = {};

    ByCursor(GrantCursor cursor) {
      this.cursor = cursor;
    }

    @Override
    public boolean next() {
      if (!cursor.next()) {
        return false;
      }
      Utf8View read = cursor.id(IdField.GRANT_ID);
      if (bytes.length < read.length()) {
        bytes = new byte[2 * read.length()];
      }
      read.copyTo(bytes, 0);
      id.wrap(bytes, 0, read.length());
      return true;
    }

    @Override
    public Utf8View id() {
      return id;
    }

    @Override
    public long seconds() {
      return cursor.discoveredSeconds();
    }

    @Override
    public int nanos() {
      return cursor.discoveredNanos();
    }

    @Override
    public Grant grant() {
      return cursor.grant();
    }

    @Override
    public void close() {
      cursor.close();
    }
  }

  /** A sealed sync does not change, so its pages add up to it whenever they are read. */
  final class ByPage implements SourceRows {
    private final GrantReader reader;
    private final GrantQuery query;
    private final int rows;
    private final Utf8View id = new Utf8View();
    private Optional<PageToken> following = Optional.of(PageToken.START);
    private Iterator<Grant> page = List.<Grant>of().iterator();
    private Optional<Grant> row = Optional.empty();
    private long seconds;
    private int nanos;

    ByPage(GrantReader reader, GrantQuery query, int rows) {
      this.reader = reader;
      this.query = query;
      this.rows = rows;
    }

    @Override
    public boolean next() {
      while (!page.hasNext() && following.isPresent()) {
        GrantPage read = reader.page(query, rows, following.get());
        page = read.grants().iterator();
        following = read.next();
      }
      if (!page.hasNext()) {
        row = Optional.empty();
        return false;
      }
      Grant next = page.next();
      row = Optional.of(next);
      Instant at = next.discoveredAt();
      seconds = at.getEpochSecond();
      nanos = at.getNano();
      byte[] bytes = next.id().getBytes(StandardCharsets.UTF_8);
      id.wrap(bytes, 0, bytes.length);
      return true;
    }

    @Override
    public Utf8View id() {
      return id;
    }

    @Override
    public long seconds() {
      return seconds;
    }

    @Override
    public int nanos() {
      return nanos;
    }

    @Override
    public Grant grant() {
      return row.orElseThrow();
    }

    @Override
    public void close() {}
  }
}
