package dev.grantstore.bench.result;

/** How often which key is asked for. */
public enum KeyDistribution {
  /** Every key as often as any other. */
  UNIFORM("uniform"),
  /** Key of rank r in proportion to 1/r^0.99, ranks scattered over the keys. */
  ZIPF("zipf"),
  /** 80 % of the questions are about 20 % of the keys, scattered. */
  HOTSPOT("hotspot"),
  /** As {@link #ZIPF}, but the keys made last are asked for most. */
  LATEST("latest");

  private final String word;

  KeyDistribution(String word) {
    this.word = word;
  }

  /** {@return its name on the command line and in reports} */
  public String word() {
    return word;
  }
}
