package dev.grantstore.microtests.fuzz;

/** Reads one input, any bytes. One thread. */
interface Parser {
  /**
   * Reads an input and checks what came of it: that what was taken comes back from its writer, and
   * what was refused was so in words.
   *
   * @return whether it was taken
   * @throws Exception a finding, as is any error
   */
  boolean takes(byte[] input) throws Exception;

  /** Makes a parser that may use a folder of its own. */
  interface Maker {
    /** {@return a new one} */
    Parser in(java.nio.file.Path folder) throws Exception;
  }
}
