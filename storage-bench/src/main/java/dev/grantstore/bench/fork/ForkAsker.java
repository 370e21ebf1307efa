package dev.grantstore.bench.fork;

import java.io.IOException;
import java.util.Optional;

/** Has a request done, somewhere. One thread. */
@FunctionalInterface
public interface ForkAsker {
  /**
   * Has a request done.
   *
   * @param name of the request, unique in its run
   * @param request what to do
   * @return the answer; empty if halted before there was one
   * @throws IOException if no process can be started, or a file not be read or written
   */
  Optional<ForkAnswer> ask(String name, ForkRequest request) throws IOException;

  /**
   * {@return whether {@link #ask} would answer from what is kept of an earlier run}
   *
   * @param name of a request
   * @throws IOException if that cannot be read
   */
  default boolean hasAnswered(String name) throws IOException {
    return false;
  }

  /**
   * Drops what is kept of an answer.
   *
   * @param name of its request
   * @throws IOException if it cannot be removed
   */
  default void forget(String name) throws IOException {}
}
