package dev.grantstore.bench.report;

/** How texts for people are dressed. Words never depend on it. */
public enum Style {
  /** The words alone. */
  PLAIN {
    @Override
    public String paint(Tone tone, String text) {
      return text;
    }
  },
  /** With the colours of a terminal. */
  COLOURED {
    @Override
    public String paint(Tone tone, String text) {
      return switch (tone) {
        case NEUTRAL -> text;
        case GOOD -> "\u001b[32m" + text + RESET;
        case DOUBTFUL -> "\u001b[33m" + text + RESET;
        case BAD -> "\u001b[31m" + text + RESET;
      };
    }
  };

  private static final String RESET = "\u001b[0m";

  /**
   * {@return the text, dressed}
   *
   * @param tone what it says
   * @param text in one line
   */
  public abstract String paint(Tone tone, String text);

  /** What a text is meant to say, beside its words; colour only helps. */
  public enum Tone {
    /** Nothing in particular. */
    NEUTRAL,
    /** Something stands out well, such as the fastest engine. */
    GOOD,
    /** Something to look at before using a figure. */
    DOUBTFUL,
    /** Something is wrong. */
    BAD
  }
}
