package dev.grantstore.bench.encoding.study;

import dev.grantstore.Grant;
import dev.grantstore.bench.encoding.Dictionaries;
import dev.grantstore.bench.encoding.EncodingKind;
import dev.grantstore.bench.encoding.GrantEncoding;
import dev.grantstore.bench.encoding.ScratchRows;
import dev.grantstore.bench.encoding.rocksdb.RocksRows;
import dev.grantstore.bench.encoding.sqlite.SqliteRows;
import dev.grantstore.bench.result.EncodingFigures;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;
import java.nio.file.Path;
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
   * Measures an encoding, after it has brought back every grant of the sample unchanged.
   *
   * @param kind which one; each at most once
   * @return its figures
   * @throws IllegalStateException if it does not read what it wrote
   */
  public EncodingFigures measure(EncodingKind kind) {
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
