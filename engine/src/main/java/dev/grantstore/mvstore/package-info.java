/**
 * The MVStore engine: H2's B-tree, all in Java. One process writes a store, or any number read it;
 * nobody reads beside a writer of another opening. A tree for each keyspace and sync; see {@link
 * dev.grantstore.mvstore.MvFile}.
 *
 * <p>All state that reads need is in one immutable {@link dev.grantstore.mvstore.TreeView}, which
 * each write replaces, so reads take no lock; writes are made one after the other. Each type says
 * which threads may use it.
 */
@NullMarked
package dev.grantstore.mvstore;

import org.jspecify.annotations.NullMarked;
