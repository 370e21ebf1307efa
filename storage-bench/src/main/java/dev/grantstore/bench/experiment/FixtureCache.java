package dev.grantstore.bench.experiment;

import dev.grantstore.bench.run.EngineProbe;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.error.FixtureException.Problem;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.manifest.Manifest;
import dev.grantstore.fixture.manifest.Manifest.ExpectedRows;
import dev.grantstore.fixture.manifest.Manifest.Origin;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Keeps fixtures in a folder, so that each is made once. Other grants, rules, engines, settings and
 * forms of manifest get other names, so nothing is ever replaced. One thread.
 */
public final class FixtureCache {
  private final Path folder;
  private final Path scratch;
  private final Progress progress;

  /**
   * Creates a cache.
   *
   * @param folder holds it; made if it is not there
   * @param scratch where a store is made for a moment; exists
   * @param progress told how far a fixture is that is made
   */
  public FixtureCache(Path folder, Path scratch, Progress progress) {
    this.folder = folder;
    this.scratch = scratch;
    this.progress = progress;
  }

  /**
   * {@return the folder of a fixture of generated grants, made if it was not there}
   *
   * @param spec which grants
   * @param engine which engine holds them
   * @throws IOException if a file cannot be read or written
   */
  public Path synthetic(FixtureSpec spec, EngineSpec engine) throws IOException {
    String grants = String.format(Locale.ROOT, "%s\n%d", spec, GrantGenerator.VERSION);
    Path path =
        path(
            engine,
            String.format(Locale.ROOT, "%s-%d", spec.shape().word(), spec.grants()),
            grants);
    if (!Files.exists(path)) {
      Fixtures.create(spec, options(engine), path, progress);
    }
    Manifest made = Fixtures.open(path).manifest();
    if (!made.origin().equals(new Origin.Synthetic(spec, GrantGenerator.VERSION))) {
      throw notAsNamed(path);
    }
    return path;
  }

  /**
   * {@return the folder of a fixture with the same grants on another engine, made if it was not
   * there}
   *
   * @param source holds the grants
   * @param engine is to hold them
   * @throws IOException if a file cannot be read or written
   */
  public Path copy(Fixture source, EngineSpec engine) throws IOException {
    StringBuilder grants = new StringBuilder(source.manifest().origin().toString());
    for (SyncEntry sync : source.manifest().syncs()) {
      grants.append('\n').append(sync.id()).append(' ').append(sync.all().digest().hex());
    }
    Path path =
        path(
            engine,
            String.format(Locale.ROOT, "copy-%d", source.manifest().grants()),
            grants.toString());
    if (!Files.exists(path)) {
      Fixtures.copy(source, options(engine), path, progress);
    }
    Manifest made = Fixtures.open(path).manifest();
    for (SyncEntry sync : source.manifest().syncs()) {
      if (!made.sync(sync.id()).all().equals(sync.all())) {
        throw notAsNamed(path);
      }
    }
    return path;
  }

  /**
   * {@return the manifest of a fixture of generated grants, if there is one; makes nothing} What
   * was made by another build of the engine is not told from it; what was made with settings of the
   * engine's is never found.
   *
   * @param spec which grants
   * @param engine holds them
   * @throws IOException if the folder cannot be read
   */
  public Optional<Manifest> found(FixtureSpec spec, EngineSpec engine) throws IOException {
    Origin origin = new Origin.Synthetic(spec, GrantGenerator.VERSION);
    return found(
        engine,
        String.format(Locale.ROOT, "%s-%d", spec.shape().word(), spec.grants()),
        manifest -> manifest.origin().equals(origin));
  }

  /**
   * {@return whether there is a copy of a fixture's grants; makes nothing, and finds as {@link
   * #found} does}
   *
   * @param source of the grants
   * @param engine holds them
   * @throws IOException if the folder cannot be read
   */
  public boolean hasCopy(Manifest source, EngineSpec engine) throws IOException {
    return found(
            engine,
            String.format(Locale.ROOT, "copy-%d", source.grants()),
            copy -> rows(copy).equals(rows(source)))
        .isPresent();
  }

  private static List<ExpectedRows> rows(Manifest manifest) {
    return manifest.syncs().stream().map(SyncEntry::all).toList();
  }

  private Optional<Manifest> found(EngineSpec engine, String words, Predicate<Manifest> isSought)
      throws IOException {
    // A manifest does not say which settings its store was made with; a name does, by its hash.
    if (!engine.options().isEmpty() || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    String start = String.format(Locale.ROOT, "%s-%s-", engine.scheme(), words);
    for (Path path : FolderTree.entries(folder)) {
      if (path.getFileName().toString().startsWith(start)) {
        try {
          Manifest manifest = Fixtures.open(path).manifest();
          if (manifest.formatVersion() == Manifest.FORMAT_VERSION && isSought.test(manifest)) {
            return Optional.of(manifest);
          }
        } catch (FixtureException e) {
          // Damaged or of another version: none to begin with, go on.
        }
      }
    }
    return Optional.empty();
  }

  private static CreateOptions options(EngineSpec engine) {
    return CreateOptions.defaults().withEngine(engine.scheme()).withEngineOptions(engine.options());
  }

  private Path path(EngineSpec engine, String words, String grants) throws IOException {
    String all =
        String.join(
            "\n",
            grants,
            String.valueOf(Manifest.FORMAT_VERSION),
            EngineProbe.print(engine.scheme(), engine.options(), scratch));
    UUID hash = UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
    String name =
        String.format(
            Locale.ROOT, "%s-%s-%s", engine.scheme(), words, hash.toString().substring(0, 8));
    return Files.createDirectories(folder).resolve(name);
  }

  private static FixtureException notAsNamed(Path path) {
    return new FixtureException(
        Problem.DAMAGED, "cached fixture is not what its name says; remove it: " + path);
  }
}
