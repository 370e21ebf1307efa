package dev.grantstore.bench.result;

/**
 * Which grants were read.
 *
 * @param path the fixture's folder, or what stands for it
 * @param origin the specification, or the source it was imported from
 * @param syncId the sync
 * @param grants how many grants
 * @param digest their content digest; equal digests mean equal grants
 * @param generator what made it, with its version
 */
public record FixtureFacts(
    String path, String origin, String syncId, long grants, String digest, String generator) {}
