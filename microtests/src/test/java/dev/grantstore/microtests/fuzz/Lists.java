package dev.grantstore.microtests.fuzz;

import dev.grantstore.ContentDigest;
import dev.grantstore.Grant;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.error.FixtureException.Problem;
import dev.grantstore.fixture.source.FieldMapping;
import dev.grantstore.fixture.source.GrantStream;
import dev.grantstore.fixture.source.ImportOptions;
import dev.grantstore.fixture.source.ImportSource;
import dev.grantstore.fixture.source.JsonlWriter;
import dev.grantstore.fixture.source.ListFile;
import dev.grantstore.fixture.source.ListGuess;
import dev.grantstore.fixture.source.ListOptions;
import dev.grantstore.fixture.source.SourceFormat;
import dev.grantstore.fixture.source.SourceSync;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists of grants: plain, and in whatever gzip or zstd frames the fuzzer makes. */
final class Lists {
  private static final long MOST_DECOMPRESSED_BYTES = 1 << 20;
  private static final SourceSync SYNC =
      new SourceSync("s", "full", Instant.EPOCH, Optional.of(Instant.EPOCH));

  private Lists() {}

  /** JSON lines: what was read comes back from what is written of it. */
  static final class Jsonl implements Parser {
    @Override
    public boolean takes(byte[] input) throws IOException {
      boolean isTaken = takes(input, ListOptions.DEFAULT);
      takes(input, new ListOptions(mapping(), Optional.empty(), ListOptions.Extra.IGNORE, 2));
      guess(input, SourceFormat.JSONL);
      return isTaken;
    }

    private static FieldMapping mapping() {
      return FieldMapping.parse("id=key,entitlementId=role.name,principalResourceId=user.login");
    }

    private static boolean takes(byte[] input, ListOptions lists) throws IOException {
      try {
        List<Grant> grants = read(input, SourceFormat.JSONL, lists);
        Refusal.loseNothing(grants, input);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonlWriter writer = new JsonlWriter(out)) {
          for (Grant grant : grants) {
            writer.write(grant);
          }
          writer.end(new ContentDigest(grants.size(), 0, 0));
        }
        Refusal.same(grants, read(out.toByteArray(), SourceFormat.JSONL, ListOptions.DEFAULT));
        return true;
      } catch (FixtureException e) {
        return refused(e, input);
      }
    }
  }

  /** Rows with columns. */
  static final class Csv implements Parser {
    @Override
    public boolean takes(byte[] input) throws IOException {
      boolean isTaken = false;
      for (SourceFormat format : List.of(SourceFormat.CSV, SourceFormat.TSV)) {
        try {
          Refusal.loseNothing(read(input, format, ListOptions.DEFAULT), input);
          isTaken = true;
        } catch (FixtureException e) {
          refused(e, input);
        }
        guess(input, format);
      }
      return isTaken;
    }
  }

  private static List<Grant> read(byte[] input, SourceFormat format, ListOptions lists)
      throws IOException {
    ListFile file = new ListFile(source(input), format, options(format, lists), SYNC);
    List<Grant> grants = new ArrayList<>();
    try (GrantStream stream = file.grants(SYNC)) {
      for (Grant grant = stream.next(); grant != null; grant = stream.next()) {
        grants.add(grant);
      }
    }
    file.warnings().forEach(warning -> Refusal.loseNothing(warning, input));
    return grants;
  }

  private static void guess(byte[] input, SourceFormat format) throws IOException {
    try {
      ListGuess guess = ListGuess.of(source(input), options(format, ListOptions.DEFAULT));
      Refusal.loseNothing(guess, input);
      Refusal.loseNothing(guess.lines(), input);
    } catch (FixtureException e) {
      refused(e, input);
    }
  }

  private static ImportSource source(byte[] input) {
    return ImportSource.stream("in", new ByteArrayInputStream(input));
  }

  private static ImportOptions options(SourceFormat format, ListOptions lists) {
    return new ImportOptions(
        Optional.empty(),
        ImportOptions.Unfinished.SKIP,
        MOST_DECOMPRESSED_BYTES,
        ImportOptions.Empty.REFUSE,
        Optional.of(format),
        lists);
  }

  private static boolean refused(FixtureException e, byte[] input) {
    Refusal.same(Problem.BAD_INPUT, e.problem());
    return Refusal.inWords(e, input);
  }
}
