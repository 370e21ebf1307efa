package dev.grantstore.microtests.encoding.study;

import dev.grantstore.Grant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.microtests.encoding.Dictionaries;
import dev.grantstore.microtests.encoding.EncodingKind;
import dev.grantstore.microtests.encoding.GrantEncoding;
import dev.grantstore.microtests.encoding.ScratchRows;
import dev.grantstore.microtests.encoding.rocksdb.RocksRows;
import dev.grantstore.microtests.encoding.sqlite.SqliteRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures one encoding after the other on one sample. One thread. */
public final class EncodingStudy {
  private final GrantSample sample;
  private final Dictionaries dictionaries;
  private final Path folder;

  /**
   * Trains the dictionaries.
   *
   * @param sample what is measured and what is trained on
   * @param folder an existing folder for the databases that are weighed, which stay
   * @throws IllegalArgumentException if no dictionary can be trained on the sample
   */
  public EncodingStudy(GrantSample sample, Path folder) {
    this.sample = sample;
    this.folder = folder;
    dictionaries = Dictionaries.train(sample.training());
  }

  /**
   * {@return what each encoding takes and costs, after it has brought back every grant of the
   * sample unchanged: two tables in Markdown}
   *
   * @throws IllegalStateException if one does not read what it wrote
   */
  public String tables() {
    List<EncodingFigures> all = new ArrayList<>();
    for (EncodingKind kind : EncodingKind.values()) {
      all.add(measure(kind));
    }
    StringBuilder out =
        new StringBuilder(
            "bytes a grant; \"all\": a row with the whole value in every keyspace\n\n");
    row(
        out,
        "encoding",
        "value",
        "index value",
        "rocksdb grants",
        "rocksdb all",
        "uncompressed all",
        "sqlite grants",
        "sqlite all");
    row(out, "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:");
    for (EncodingFigures of : all) {
      row(
          out,
          of.name(),
          number(of.valueBytes()),
          number(of.indexValueBytes()),
          number(of.rocksPrimaryBytes()),
          number(of.rocksAllBytes()),
          number(of.rocksUncompressedBytes()),
          number(of.sqlitePrimaryBytes()),
          number(of.sqliteAllBytes()));
    }
    out.append(
            "\ntime and heap for a grant, keyspace grants: medians in one process, an estimate\n")
        .append("(microbench RecordEncodingBenchmark measures them properly)\n\n");
    row(out, "encoding", "encode ns", "decode ns", "encode B", "decode B", "cuts accepted");
    row(out, "---", "---:", "---:", "---:", "---:", "---:");
    for (EncodingFigures of : all) {
      row(
          out,
          of.name(),
          number(of.encodeNanos()),
          number(of.decodeNanos()),
          number(of.encodeAllocatedBytes()),
          number(of.decodeAllocatedBytes()),
          of.cutsAccepted() + " of " + of.cutsTried());
    }
    out.append('\n');
    all.forEach(of -> out.append(of.name()).append(": ").append(of.meaning()).append('\n'));
    return out.toString();
  }

  private static void row(StringBuilder out, String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String number(double figure) {
    return String.format(Locale.ROOT, "%.1f", figure);
  }

  private EncodingFigures measure(EncodingKind kind) {
    try {
      return measured(kind);
    } catch (MalformedBytesException e) {
      throw new IllegalStateException("encoding does not read what it wrote: " + kind, e);
    }
  }

  private EncodingFigures measured(EncodingKind kind) throws MalformedBytesException {
    List<Grant> grants = sample.measured();
    try (GrantEncoding encoding = kind.open(dictionaries)) {
      double valueBytes = checkedMean(encoding, Keyspace.GRANTS);
      double indexValueBytes = checkedMean(encoding, Keyspace.BY_ENTITLEMENT);
      QuickTiming timing = QuickTiming.of(encoding, grants);
      CutValues cut = CutValues.of(encoding, grants);
      Path own = folder.resolve(kind.name());
      StoredBytes rocks = stored(encoding, new RocksRows(named(own, "rocksdb"), true));
      StoredBytes plain = stored(encoding, new RocksRows(named(own, "plain"), false));
      StoredBytes sqlite = stored(encoding, new SqliteRows(named(own, "sqlite")));
      return new EncodingFigures(
          kind.label(),
          kind.meaning(),
          valueBytes,
          indexValueBytes,
          rocks.primary(),
          rocks.all(),
          plain.all(),
          sqlite.primary(),
          sqlite.all(),
          timing.encodeNanos(),
          timing.decodeNanos(),
          timing.encodeAllocatedBytes(),
          timing.decodeAllocatedBytes(),
          cut.tried(),
          cut.accepted());
    }
  }

  private StoredBytes stored(GrantEncoding encoding, ScratchRows rows) {
    try (rows) {
      return StoredBytes.of(encoding, sample.measured(), rows);
    }
  }

  private double checkedMean(GrantEncoding encoding, Keyspace keyspace)
      throws MalformedBytesException {
    EncodedRow.Writer writer = new EncodedRow.Writer(encoding);
    long bytes = 0;
    for (Grant grant : sample.measured()) {
      writer.grant(grant);
      EncodedRow row = writer.row(grant, keyspace);
      bytes += row.value().length;
      Grant read = encoding.decode(keyspace, row.key(), row.value());
      if (!read.equals(grant)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT, "grant does not come back: written=%s read=%s", grant, read));
      }
    }
    return (double) bytes / sample.measured().size();
  }

  private static Path named(Path own, String engine) {
    return own.resolveSibling(String.format(Locale.ROOT, "%s-%s", own.getFileName(), engine));
  }
}
