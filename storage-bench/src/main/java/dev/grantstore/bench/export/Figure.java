package dev.grantstore.bench.export;

/**
 * One number that one fork measured.
 *
 * @param outcome the outcome it belongs to; empty where it belongs to the whole cell
 * @param metric what it is, as the result model calls it
 * @param unit what it counts
 * @param value finite
 */
record Figure(String outcome, String metric, String unit, double value) {}
