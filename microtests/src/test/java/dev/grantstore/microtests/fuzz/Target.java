package dev.grantstore.microtests.fuzz;

import java.nio.file.Path;
import java.util.Locale;

/** What is fuzzed: each has a folder of inputs, by its name. */
enum Target {
  /** Keys, by codecs written by hand and by one made of a record. */
  KEY(folder -> new StoredBytes.Keys()),
  /** A keyspace, a key and its value. */
  ROW(folder -> new StoredBytes.Rows()),
  /** What a store knows of its syncs. */
  CATALOG(folder -> new StoredBytes.Catalog()),
  /** Page tokens, and positions within tokens that are whole. */
  TOKEN(Tokens::new),
  /** The text files of a store: WATERMARK and its base, FORMAT. */
  MARK(StoreTexts.Marks::new),
  /** Manifests of fixtures. */
  MANIFEST(StoreTexts.Manifests::new),
  /** Grants as JSON lines. */
  JSONL(folder -> new Lists.Jsonl()),
  /** Grants as CSV, as TSV, and by what is guessed of their columns. */
  CSV(folder -> new Lists.Csv()),
  /** Whole c1z files. */
  C1Z(C1zInputs.Container::new),
  /** The pages of the database in a c1z file. */
  C1Z_PAGES(C1zInputs.Pages::new),
  /** Statements, one a line, that make the database in a c1z file. */
  C1Z_SQL(C1zInputs.Statements::new),
  /** The messages in the columns of a grant in a c1z file. */
  C1Z_MESSAGE(C1zInputs.Messages::new),
  /** Replay files of one thread. */
  REPLAY(folder -> new Texts.Replays()),
  /** Replay files of several threads. */
  CONCURRENT(folder -> new Texts.ConcurrentReplays()),
  /** Results of storage-bench, and all that is printed of them. */
  RESULT(folder -> new Texts.Results()),
  /** Values of options. */
  OPTION(folder -> new Texts.Options());

  @SuppressWarnings("ImmutableEnumChecker") // constructors
  private final Parser.Maker maker;

  Target(Parser.Maker maker) {
    this.maker = maker;
  }

  /** {@return the parser; what it keeps open ends with the process} */
  Parser parser(Path folder) throws Exception {
    return maker.in(folder);
  }

  /** {@return the name of the folder with its inputs} */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
