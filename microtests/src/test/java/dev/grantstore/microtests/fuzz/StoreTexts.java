package dev.grantstore.microtests.fuzz;

import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.manifest.Manifest;
import dev.grantstore.fixture.manifest.ManifestFile;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.StoreFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32C;

/** The small files of a folder that say what it is. */
final class StoreTexts {
  private StoreTexts() {}

  /**
   * A byte says which file it is, of which format, and whether a checksum that fits is put behind
   * the rest.
   */
  static final class Marks implements Parser {
    private static final int FORMAT = 1;
    private static final int BASE = 2;
    private static final int OLD = 4;
    private static final int WITHOUT_SUM = 8;

    private final Path folder;

    Marks(Path folder) {
      this.folder = folder;
    }

    @Override
    public boolean takes(byte[] input) throws IOException {
      int kind = input.length == 0 ? 0 : input[0];
      byte[] content = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
      byte[] file = (kind & WITHOUT_SUM) != 0 ? content : summed(content);
      try {
        if ((kind & FORMAT) != 0) {
          return takesFormat(file, new String(content, StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("WATERMARK"), file);
        Files.write(folder.resolve("WATERMARK.base"), summed(content));
        if ((kind & BASE) != 0) {
          Files.write(folder.resolve("WATERMARK.base"), file);
        }
        DurableMark mark = DurableMark.of(folder, 1);
        mark.read((kind & OLD) != 0 ? 1 : 2);
        String first = "commit " + mark.commit();
        Refusal.same(first, new String(content, StandardCharsets.UTF_8).lines().findFirst().get());
        return true;
      } catch (GrantStoreException e) {
        return Refusal.inWords(e, input);
      }
    }

    private boolean takesFormat(byte[] file, String content) throws IOException {
      Files.write(folder.resolve("FORMAT"), file);
      try (StoreFolder store = StoreFolder.claim(folder.toString(), "lmdb", OpenMode.READ_ONLY)) {
        String read =
            String.format(
                Locale.ROOT,
                "grantstore lmdb\nformat %d\nstate ready\nid %s",
                store.version(),
                store.identity());
        Refusal.same(read, String.join("\n", content.lines().limit(4).toList()));
        return true;
      }
    }

    private static byte[] summed(byte[] content) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(content);
      if (content.length == 0 || content[content.length - 1] != '\n') {
        out.write('\n');
      }
      CRC32C crc = new CRC32C();
      crc.update(out.toByteArray());
      String sum = "crc32c " + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
      out.writeBytes(sum.getBytes(StandardCharsets.US_ASCII));
      return out.toByteArray();
    }
  }

  /** The manifest of a fixture. */
  static final class Manifests implements Parser {
    private final Path given;
    private final Path written;

    Manifests(Path folder) throws IOException {
      given = Files.createDirectory(folder.resolve("given"));
      written = Files.createDirectory(folder.resolve("written"));
    }

    @Override
    public boolean takes(byte[] input) throws IOException {
      Files.write(given.resolve("manifest.json"), input);
      try {
        Manifest manifest = ManifestFile.read(given);
        Refusal.loseNothing(manifest, input);
        Files.deleteIfExists(written.resolve("manifest.json"));
        ManifestFile.write(written, manifest);
        Refusal.same(manifest, ManifestFile.read(written));
        return true;
      } catch (FixtureException e) {
        return Refusal.inWords(e, input);
      }
    }
  }
}
