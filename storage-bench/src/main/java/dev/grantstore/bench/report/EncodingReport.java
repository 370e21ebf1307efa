package dev.grantstore.bench.report;

import dev.grantstore.bench.result.EncodingFigures;
import dev.grantstore.bench.result.EncodingResult;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.FixtureFacts;
import java.util.List;
import java.util.Locale;

/** A comparison of encodings as tables. */
public final class EncodingReport {
  private EncodingReport() {}

  /**
   * {@return the tables, ended by a line feed}
   *
   * @param result any result
   */
  public static String render(EncodingResult result) {
    return preamble(result)
        + "\nbytes a grant; \"all\": a row with the whole value in every keyspace\n\n"
        + bytes(result)
        + "\ntime and heap for a grant, keyspace grants: medians in one process, an estimate\n"
        + "(microbench RecordEncodingBenchmark measures them properly)\n\n"
        + times(result)
        + String.format(
            Locale.ROOT,
            "\nprojected to %s grants, were all like these\n\n",
            Numbers.whole(EncodingFigures.PROJECTED_GRANTS))
        + projection(result)
        + notes(result);
  }

  private static String preamble(EncodingResult result) {
    FixtureFacts fixture = result.fixture();
    Environment machine = result.environment();
    return String.format(
        Locale.ROOT,
        """
        fixture  %s
                 %s
                 %s grants, sync %s, digest %s
        sample   %s grants measured; dictionaries trained on %s others
        machine  %s, %d cores, %s, load %s at the start
        java     %s
        """,
        fixture.path(),
        fixture.origin(),
        Numbers.whole(fixture.grants()),
        fixture.syncId(),
        fixture.digest(),
        Numbers.whole(result.measuredGrants()),
        Numbers.whole(result.trainingGrants()),
        machine.cpu(),
        machine.cores(),
        machine.operatingSystem(),
        machine.loadAverage(),
        machine.jvm());
  }

  private static String bytes(EncodingResult result) {
    TextTable table =
        new TextTable(
            1,
            List.of(
                "encoding",
                "value",
                "index value",
                "rocksdb grants",
                "rocksdb all",
                "uncompressed all",
                "sqlite grants",
                "sqlite all"));
    for (EncodingFigures row : result.encodings()) {
      table.add(
          List.of(
              row.name(),
              Numbers.oneDecimal(row.valueBytes()),
              Numbers.oneDecimal(row.indexValueBytes()),
              Numbers.oneDecimal(row.rocksPrimaryBytes()),
              Numbers.oneDecimal(row.rocksAllBytes()),
              Numbers.oneDecimal(row.rocksUncompressedBytes()),
              Numbers.oneDecimal(row.sqlitePrimaryBytes()),
              Numbers.oneDecimal(row.sqliteAllBytes())));
    }
    return table.render();
  }

  private static String times(EncodingResult result) {
    TextTable table =
        new TextTable(
            1,
            List.of(
                "encoding",
                "encode ns",
                "decode ns",
                "encode alloc B",
                "decode alloc B",
                "cuts accepted"));
    for (EncodingFigures row : result.encodings()) {
      table.add(
          List.of(
              row.name(),
              Numbers.whole(row.encodeNanos()),
              Numbers.whole(row.decodeNanos()),
              Numbers.whole(row.encodeAllocatedBytes()),
              Numbers.whole(row.decodeAllocatedBytes()),
              String.format(
                  Locale.ROOT,
                  "%s of %s",
                  Numbers.whole(row.cutsAccepted()),
                  Numbers.whole(row.cutsTried()))));
    }
    return table.render();
  }

  private static String projection(EncodingResult result) {
    TextTable table =
        new TextTable(
            1,
            List.of(
                "encoding",
                "rocksdb GiB",
                "disks of 1 TiB",
                "uncompressed GiB",
                "machines of 64 GiB",
                "sqlite GiB"));
    for (EncodingFigures row : result.encodings()) {
      table.add(
          List.of(
              row.name(),
              gibibytes(row.rocksAllBytes()),
              Numbers.short3(row.projectedDisks()),
              gibibytes(row.rocksUncompressedBytes()),
              Numbers.short3(row.projectedMachines()),
              gibibytes(row.sqliteAllBytes())));
    }
    return table.render();
  }

  private static String gibibytes(double bytesPerGrant) {
    return Numbers.oneDecimal(bytesPerGrant * EncodingFigures.PROJECTED_GRANTS / (1L << 30));
  }

  private static String notes(EncodingResult result) {
    StringBuilder out = new StringBuilder("\n");
    result
        .engineBytes()
        .forEach(
            (scheme, bytes) ->
                out.append(
                    String.format(
                        Locale.ROOT,
                        "check: the engine %s itself takes %s bytes a grant for the same grants\n",
                        scheme,
                        Numbers.oneDecimal(bytes))));
    result
        .encodings()
        .forEach(
            row -> out.append(String.format(Locale.ROOT, "%s: %s\n", row.name(), row.meaning())));
    return out.toString();
  }
}
