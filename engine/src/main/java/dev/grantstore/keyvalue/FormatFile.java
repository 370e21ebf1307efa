package dev.grantstore.keyvalue;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * The file FORMAT, which makes a folder a store. One thread at a time.
 *
 * <pre>
 * "grantstore ENGINE", "format N", "state creating|ready", "id UUID" ("-" while creating),
 * "crc32c HEX" (not in format 1)                                                        (lines)
 * </pre>
 *
 * <p>It says {@code creating} until the database has made its files. The id is the store's identity
 * in page tokens; a copy of the folder has the same.
 */
final class FormatFile {
  static final String NAME = "FORMAT";

  private static final int LINES = 4;
  private static final String FORMAT = "format ";
  private static final String STATE = "state ";
  private static final String ID = "id ";
  private static final String CREATING = "creating";
  private static final String READY = "ready";

  private final FolderClaim folder;
  private final String title;

  /** The FORMAT of a folder, of an engine by that name. */
  FormatFile(FolderClaim folder, String engine) {
    this.folder = folder;
    this.title = "grantstore " + engine;
  }

  boolean isReady() throws IOException {
    String state = read().get(2);
    if (!state.equals(STATE + READY) && !state.equals(STATE + CREATING)) {
      // It must not be taken for a store that was never finished, and made anew.
      throw damaged();
    }
    return state.equals(STATE + READY);
  }

  int version() throws IOException {
    return version(read());
  }

  UUID identity() throws IOException {
    return StoreIdentity.parse(ID, read().get(3))
        .orElseThrow(() -> folder.notStore("FORMAT has no id"));
  }

  void writeCreating() throws IOException {
    write(CREATING, "-");
  }

  void writeReady(UUID identity) throws IOException {
    write(READY, identity.toString());
  }

  private void write(String state, String id) throws IOException {
    TextFile.replace(
        folder.mark(), List.of(title, FORMAT + FormatVersion.CURRENT, STATE + state, ID + id));
  }

  private List<String> read() throws IOException {
    TextFile.Content content = TextFile.read(folder.mark());
    List<String> lines = content.lines();
    if (content.sum() == TextFile.Sum.WRONG) {
      throw damaged();
    }
    if (lines.size() < 2 || !lines.get(0).equals(title)) {
      throw folder.notStore("FORMAT is not ours");
    }
    int version = version(lines);
    folder.checkVersion(version, FormatVersion.CURRENT);
    boolean lacksSum = version >= FormatVersion.MARKED && content.sum() == TextFile.Sum.MISSING;
    if (lines.size() < LINES || (lacksSum && lines.size() == LINES)) {
      throw folder.notStore("FORMAT is cut off");
    }
    if (lines.size() > LINES) {
      throw damaged();
    }
    return lines;
  }

  private int version(List<String> lines) {
    if (!lines.get(1).matches(FORMAT + "[1-9][0-9]{0,8}")) {
      throw folder.notStore("FORMAT names no version");
    }
    return Integer.parseInt(lines.get(1).substring(FORMAT.length()));
  }

  private GrantStoreException damaged() {
    return new GrantStoreException(Reason.CORRUPTION, "FORMAT is damaged: " + folder.mark());
  }
}
