package dev.grantstore.equivalence.card;

import dev.grantstore.folder.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A card that was written to two files.
 *
 * @param card what they say
 * @param markdown for people
 * @param json for programs
 */
public record CardFiles(Card card, Path markdown, Path json) {
  /**
   * Writes a card, over an older one of that name.
   *
   * @param folder where; made if it is not there
   * @param name what the files are named after; whatever cannot be part of a file's name is left
   *     out
   * @param card what is written
   * @return the files
   * @throws IOException if they cannot be written
   */
  public static CardFiles write(Path folder, String name, Card card) throws IOException {
    Files.createDirectories(folder);
    String file = "card-" + name.replaceAll("[^A-Za-z0-9._-]", "");
    Path markdown = folder.resolve(file + ".md");
    Path json = folder.resolve(file + ".json");
    WholeFile.write(markdown, CardMarkdown.of(card));
    WholeFile.write(json, CardJson.of(card));
    return new CardFiles(card, markdown, json);
  }

  /** {@return one line for a log: the engine, what it comes to, and where to read more} */
  public String line() {
    return String.format(Locale.ROOT, "%s See %s", CardMarkdown.line(card), markdown);
  }
}
