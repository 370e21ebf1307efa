/**
 * Containers: one file with sealed syncs in a form that is no engine's, to be kept, sent, and read
 * as it is or taken into a store of any engine. {@link dev.grantstore.container.SyncFiles} is the
 * door; rfc/0010 says why it is so, and has a worked example.
 *
 * <pre>
 * container := head page* index manifest footer          (numbers little-endian)
 * head      := "GSYN" version:u16 0:u16 length:u64 crc32c:u32
 *              (length: of the whole file; crc32c: of the head before it)
 * page      := a page or directory of {@link dev.grantstore.packed}, as it is or deflated (RFC
 *              1951); its key has the sync's place in the manifest for a number
 * index     := (stored:u32 whole:u32 hash:u64){pages}
 *              (whole: its length; stored: how much of the file it takes, less if it is deflated;
 *              hash: XXH3-64 of that)
 * manifest  := syncs:u32 sync{syncs}                      (in the order of their ids, each once)
 * sync      := id:text row:text (pages:u32{parts}){4}     (for each keyspace of grants, and part)
 * text      := length:u32 bytes
 * row       := the value of a packed sync's row in rfc/0002, with the sync's place for a number
 * footer    := index:u64 hash:u64 manifest:u32 hash:u64 hash:u64 "GSYN"
 *              (length of the index and its XXH3-64, the same of the manifest; the last hash:
 *              XXH3-64 of the head and of the footer before it)
 * </pre>
 *
 * <p>Pages stand sync by sync, keyspace by keyspace, part by part, each part's directory behind its
 * pages, with nothing between them; the index has them in the same order. So the footer's hash is
 * one over all of the file, and every part can be checked alone. {@code version} is that of all of
 * it, and no engine's.
 *
 * <p>Everything says which threads may use it.
 */
@NullMarked
package dev.grantstore.container;

import org.jspecify.annotations.NullMarked;
