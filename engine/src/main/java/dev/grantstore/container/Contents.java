package dev.grantstore.container;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.NotUtf8Exception;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.Utf8;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.PackedForm;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A container's manifest as it stands in the file: the syncs, and how many pages they have.
 * Immutable.
 *
 * @param syncs in the order of their ids
 */
record Contents(List<Sync> syncs) {
  /**
   * A sync.
   *
   * @param row its row; its number is its place in the manifest
   * @param pages how many pages each part has, of each keyspace of grants
   * @param firstPage the place of its first page among all of the container
   */
  record Sync(SyncRow row, List<List<Integer>> pages, long firstPage) {
    SyncRun run() {
      return row.run();
    }

    /** {@return the place of a page among all of the container, or -1 if there is no such page} */
    long page(int keyspace, int part, int page) {
      if (part >= pages.get(keyspace).size()) {
        return -1;
      }
      long place = firstPage;
      for (int before = 0; before < keyspace; before++) {
        place += pagesOf(before) + pages.get(before).size();
      }
      for (int before = 0; before < part; before++) {
        place += pages.get(keyspace).get(before) + 1L;
      }
      int count = pages.get(keyspace).get(part);
      // The directory stands behind the pages.
      return page >= count ? -1 : place + (page < 0 ? count : page);
    }

    /** {@return how many pages a keyspace has, without directories} */
    long pagesOf(int keyspace) {
      return pages.get(keyspace).stream().mapToLong(count -> count).sum();
    }

    /** {@return how many pages and directories there are} */
    long allPages() {
      long all = 0;
      for (int keyspace = 0; keyspace < pages.size(); keyspace++) {
        all += pagesOf(keyspace) + pages.get(keyspace).size();
      }
      return all;
    }

    ContainerManifest.Entry entry() {
      List<Long> counts = new ArrayList<>();
      for (int keyspace = 0; keyspace < pages.size(); keyspace++) {
        counts.add(pagesOf(keyspace));
      }
      return new ContainerManifest.Entry(run(), row.needingExpansion(), counts);
    }
  }

  /** Copies the list. */
  Contents {
    syncs = List.copyOf(syncs);
  }

  /** {@return how many pages and directories there are} */
  long pages() {
    return syncs.isEmpty()
        ? 0
        : syncs.get(syncs.size() - 1).firstPage() + syncs.get(syncs.size() - 1).allPages();
  }

  /** {@return what a container of that frame says that it holds} */
  ContainerManifest manifest(Frame frame) {
    return new ContainerManifest(
        Frame.VERSION, frame.length(), frame.hash(), syncs.stream().map(Sync::entry).toList());
  }

  /**
   * Refuses syncs whose manifest is too long however few pages they have.
   *
   * @param runs sealed, in the order of their ids
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED}
   */
  static void requireRoom(List<SyncRun> runs) {
    PackedForm form = new PackedForm(Collections.nCopies(Keyspace.OF_GRANTS.size(), 1), false);
    List<List<Integer>> pages = Collections.nCopies(Keyspace.OF_GRANTS.size(), List.of(0));
    List<Sync> least = new ArrayList<>();
    for (SyncRun run : runs) {
      SyncRow row = new SyncRow(least.size(), run, run.digest().orElseThrow(), false);
      least.add(new Sync(row.packedAs(form, 0), pages, 0));
    }
    new Contents(least).encode();
  }

  /**
   * {@return the manifest as it stands in the file}
   *
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if it is too long
   */
  byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    putNumber(out, syncs.size());
    for (Sync sync : syncs) {
      putText(out, sync.run().id().getBytes(StandardCharsets.UTF_8));
      putText(out, sync.row().encode());
      sync.pages().forEach(parts -> parts.forEach(count -> putNumber(out, count)));
    }
    if (out.size() > Frame.MOST_MANIFEST_BYTES) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          String.format(
              Locale.ROOT,
              "syncs are too many for one container: syncs=%d manifest=%d limit=%d",
              syncs.size(),
              out.size(),
              Frame.MOST_MANIFEST_BYTES));
    }
    return out.toByteArray();
  }

  /**
   * {@return a manifest}
   *
   * @param bytes all of it
   * @throws MalformedBytesException if it is not what {@link #encode} writes
   */
  static Contents decode(byte[] bytes) throws MalformedBytesException {
    ByteBuffer in = Frame.numbers(bytes);
    int count = number(in);
    List<Sync> syncs = new ArrayList<>();
    String before = "";
    long page = 0;
    for (int i = 0; i < count; i++) {
      String id = id(in);
      if (i > 0 && Ids.ORDER.compare(before, id) >= 0) {
        throw new MalformedBytesException("syncs are not in order", in.position());
      }
      SyncRow row = SyncRow.decode(id, text(in));
      PackedForm form =
          row.packed()
              .filter(packed -> !packed.rowsRemain())
              .orElseThrow(() -> new MalformedBytesException("sync is not packed", in.position()));
      if (row.number() != i) {
        throw new MalformedBytesException("sync has another place", in.position());
      }
      List<List<Integer>> pages = new ArrayList<>();
      for (int keyspace = 0; keyspace < Keyspace.OF_GRANTS.size(); keyspace++) {
        pages.add(counts(in, form.parts().get(keyspace)));
      }
      Sync sync = new Sync(row, pages, page);
      syncs.add(sync);
      page += sync.allPages();
      before = id;
    }
    if (in.hasRemaining()) {
      throw new MalformedBytesException("manifest has trailing bytes", in.position());
    }
    return new Contents(syncs);
  }

  private static List<Integer> counts(ByteBuffer in, int parts) throws MalformedBytesException {
    List<Integer> counts = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      counts.add(number(in));
    }
    return counts;
  }

  private static String id(ByteBuffer in) throws MalformedBytesException {
    byte[] bytes = text(in);
    try {
      return Ids.checkSyncId(Utf8.decode(bytes));
    } catch (NotUtf8Exception | IllegalArgumentException e) {
      throw new MalformedBytesException("not a sync's id", e);
    }
  }

  private static byte[] text(ByteBuffer in) throws MalformedBytesException {
    int length = number(in);
    if (length > in.remaining()) {
      throw new MalformedBytesException("manifest is cut off", in.position());
    }
    byte[] text = new byte[length];
    in.get(text);
    return text;
  }

  private static int number(ByteBuffer in) throws MalformedBytesException {
    int number = in.remaining() < Integer.BYTES ? -1 : in.getInt();
    if (number < 0) {
      throw new MalformedBytesException("manifest is cut off", in.position());
    }
    return number;
  }

  private static void putText(ByteArrayOutputStream out, byte[] bytes) {
    putNumber(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void putNumber(ByteArrayOutputStream out, int number) {
    byte[] bytes = new byte[Integer.BYTES];
    Frame.numbers(bytes).putInt(number);
    out.writeBytes(bytes);
  }
}
