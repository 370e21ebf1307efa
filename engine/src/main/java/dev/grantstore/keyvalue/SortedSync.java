package dev.grantstore.keyvalue;

import dev.grantstore.ContentDigest;
import dev.grantstore.codec.SyncRow;
import java.nio.file.Path;

/**
 * A sync that waits in sorted runs to be taken in. Rows carry a sequence number, the part's place
 * in the upper bits and the row's within the part in the lower ones.
 *
 * @param row its row, loading and empty
 * @param content what all rows add up to, those included that a later one replaces
 * @param runs its rows; released keyspace by keyspace once they are written, or with the load
 * @param folder the load's folder, for more files; removed with the load
 * @param workers the load's threads
 */
public record SortedSync(
    SyncRow row, ContentDigest content, RunCollector runs, Path folder, LoadWorkers workers) {}
