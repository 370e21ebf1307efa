package dev.grantstore.equivalence.cli;

import dev.grantstore.GrantStores;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.tool.EnginePlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which engines are on trial, and where their stores are made. */
final class EngineFlags {
  @Option(
      names = "--engine",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "rocksdb",
      description = {
        "Engines held against the memory engine; with two or more a vote says who is wrong.",
        "Any engine on the class path (GRANTSTORE_CLASSPATH). An engine of a cluster is named with",
        "what its stores' names begin with: kudu:HOST:PORT/PREFIX. Default: ${DEFAULT-VALUE}"
      })
  private List<String> engines;

  @Option(
      names = "--forgetful",
      description = "The engines keep nothing when closed: never open a store again.")
  private boolean forgetful;

  @Mixin private ScratchFlag scratch;

  /** {@return their names, without what stores' names begin with} */
  List<String> engines() {
    Set<String> names = new LinkedHashSet<>();
    engines.forEach(engine -> names.add(EnginePlace.parse(engine).engine()));
    return List.copyOf(names);
  }

  /** {@return those engines whose stores are no folders, so that no crash can be made of a copy} */
  List<String> notInFolders() {
    return engines().stream()
        .filter(engine -> !GrantStores.engine(engine).isLocatedByPath())
        .toList();
  }

  /** {@return whether the first engine keeps nothing when it is closed} */
  boolean areForgetful() {
    return forgetful || engines().get(0).equals("memory");
  }

  /** Refuses engines that are not there, before anything is done. */
  void check() {
    engines.forEach(EnginePlace::parse);
    scratch.check();
  }

  /** Refuses settings that no engine on trial would look at. */
  void check(Settings settings) {
    for (String name : settings.names()) {
      boolean isKnown =
          name.equals(Settings.DURABILITY)
              || name.equals(Settings.CACHE_BYTES)
              || engines().stream().anyMatch(engine -> name.startsWith(engine + "."));
      if (!isKnown) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "setting is for no engine on trial: %s known=%s %s ENGINE.OPTION",
                name,
                Settings.DURABILITY,
                Settings.CACHE_BYTES));
      }
    }
  }

  /** {@return a new folder for stores, which goes when it is closed} */
  LockedFolder folder() throws IOException {
    return scratch.folder();
  }

  /** {@return a subject for each engine, in folders of their own} */
  List<Subject> subjects(Path folder, int runsPerStore) {
    List<Subject> subjects = new ArrayList<>();
    for (String engine : engines()) {
      subjects.add(subject(engine, folder, runsPerStore));
    }
    return subjects;
  }

  /** {@return a subject of one engine, in a folder of its own} */
  Subject subject(String engine, Path folder, int runsPerStore) {
    if (engine.equals("memory")) {
      return ForgetfulSubject.memory();
    }
    try {
      Path own = Files.createTempDirectory(folder, engine);
      if (!GrantStores.engine(engine).isLocatedByPath()) {
        return FolderSubject.named(engine, prefix(engine), own, runsPerStore);
      }
      return forgetful
          ? ForgetfulSubject.of(engine, own)
          : FolderSubject.of(engine, own, runsPerStore);
    } catch (IOException e) {
      throw new UncheckedIOException("folder could not be made in " + folder, e);
    }
  }

  private String prefix(String engine) {
    return engines.stream()
        .map(EnginePlace::parse)
        .filter(place -> place.engine().equals(engine))
        .findFirst()
        .orElseThrow()
        .prefix();
  }
}
