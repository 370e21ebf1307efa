package dev.grantstore.microtests.encoding.study;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Grants of one sync: some to measure, others to train dictionaries on. Every tenth grant is for
 * training, so none is in both. Where a sync has more than is wanted, both are spread over all of
 * it. Immutable.
 *
 * @param measured in order of id
 * @param training in order of id
 */
public record GrantSample(List<Grant> measured, List<Grant> training) {
  /** The most grants to train on: a hundred times the bytes of a dictionary, and more. */
  public static final int MAX_TRAINING = 20_000;

  private static final long TRAINING_EVERY = 10;

  /** Copies the lists. */
  public GrantSample {
    measured = List.copyOf(measured);
    training = List.copyOf(training);
  }

  /**
   * Reads a sample.
   *
   * @param reader of the store
   * @param syncId the sync
   * @param rows how many grants the sync has
   * @param most how many to measure at most
   * @return the sample
   */
  public static GrantSample read(GrantReader reader, String syncId, long rows, int most) {
    long training = rows / TRAINING_EVERY;
    long measuredEvery = Math.max(1, (rows - training + most - 1) / most);
    long trainingEvery = Math.max(1, (training + MAX_TRAINING - 1) / MAX_TRAINING);
    List<Grant> measured = new ArrayList<>();
    List<Grant> trained = new ArrayList<>();
    long forTraining = 0;
    long forMeasuring = 0;
    try (GrantCursor cursor = reader.cursor(new GrantQuery.Scan(syncId))) {
      for (long row = 0; cursor.next(); row++) {
        if (row % TRAINING_EVERY == TRAINING_EVERY - 1) {
          if (forTraining++ % trainingEvery == 0) {
            trained.add(cursor.grant());
          }
        } else if (forMeasuring++ % measuredEvery == 0 && measured.size() < most) {
          measured.add(cursor.grant());
        }
      }
    }
    return new GrantSample(measured, trained);
  }
}
