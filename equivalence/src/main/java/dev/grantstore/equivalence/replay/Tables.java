package dev.grantstore.equivalence.replay;

import dev.grantstore.equivalence.workload.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that a replay file has given so far. One thread. */
final class Tables {
  private final List<String> ids = new ArrayList<>();
  private final List<String> syncs = new ArrayList<>();
  private final List<Settings> settings = new ArrayList<>();
  private final Map<String, Integer> idNames = new HashMap<>();
  private final Map<String, Integer> syncNames = new HashMap<>();
  private final Map<String, Integer> settingsNames = new HashMap<>();

  /** {@return whether the name is new} */
  boolean addId(String name, String text) {
    ids.add(text);
    return idNames.putIfAbsent(name, ids.size() - 1) == null;
  }

  /** {@return whether the name is new} */
  boolean addSync(String name, String text) {
    syncs.add(text);
    return syncNames.putIfAbsent(name, syncs.size() - 1) == null;
  }

  /** {@return whether the name is new} */
  boolean addSettings(String name, Settings more) {
    settings.add(more);
    return settingsNames.putIfAbsent(name, settings.size() - 1) == null;
  }

  @Nullable Integer id(String name) {
    return idNames.get(name);
  }

  @Nullable Integer sync(String name) {
    return syncNames.get(name);
  }

  @Nullable Integer settings(String name) {
    return settingsNames.get(name);
  }

  List<String> ids() {
    return ids;
  }

  List<String> syncs() {
    return syncs;
  }

  /** {@return the settings; the defaults if the file names none} */
  List<Settings> settings() {
    return settings.isEmpty() ? List.of(Settings.DEFAULTS) : settings;
  }
}
