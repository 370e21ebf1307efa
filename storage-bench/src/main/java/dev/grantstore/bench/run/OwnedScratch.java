package dev.grantstore.bench.run;

import dev.grantstore.bench.benchmark.ScratchStores;

/** Scratch stores whose owner closes them, with what is left of them. */
interface OwnedScratch extends ScratchStores, AutoCloseable {
  /** Discards what is left. Closing twice does nothing. */
  @Override
  void close();
}
