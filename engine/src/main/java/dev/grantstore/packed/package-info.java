/**
 * The packed form of a sealed sync: its rows, which never change again, as pages of columns that
 * are read without a call into the database. Knows no engine; rfc/0002 has a worked example.
 *
 * <pre>
 * page      := crc32c:u32 version:u8 (01) columns:u8 (09 | 0a) rows:u16 end:u32{columns}
 *              column{columns} 00{8}
 *              (all numbers little-endian; crc32c over the page's key and what follows it here;
 *              end: where the column ends, from the start of the page)
 * column    := id{6} time flag id expiry?
 *                                      six ids by {@link dev.grantstore.IdField}, discovered,
 *                                      needs expansion, details; expiry where a row expires
 * id        := 00 bytes                                            of all rows
 *            | 01 width:u8 bits:u8 prefix:text min:i64 step:i64 packed
 *                                 prefix, then min + row * step + packed[row] in width digits
 *            | 02 bits:u8 count:u16 packed id                      id[packed[row]]: count values
 *            | 03 prefix:text end:u32{rows} bytes                  prefix, then bytes up to end
 *            | 04 length:u16 prefix:text bytes                     prefix, then length bytes each
 *            | 05 parts:u8 part{parts} tail:u8 id?                 parts, then the tail if it is 1
 *            | 06 digits:u16 prefix:text bytes                     prefix, then digits 0-9a-f,
 *                                                                  two in a byte, from the upper half
 * part      := column:u8 | 80+n bytes{n}     of this row; id 0 may name 1 to 5, and id 3 1 and 2
 * time      := unit:u8 bits:u8 min:i64 step:i64 packed             unit 0 s, 1 ms, 2 us, 3 ns
 *            | 04 (seconds:i64 nanoseconds:u32){rows}          (expiry: of those that expire)
 * flag      := 00 none | 01 all | 02 bit{rows}, from the lowest
 * details   := fields 7 to 9 of GrantRecord as they stand in a row's value
 * expiry    := 01 time | 02 bit{rows} time        of all rows, or of those whose bit is set
 * packed    := rows times bits, from the lowest bit on; at most 56 bits
 * text      := length:u16 bytes
 * bytes     := length:u32 bytes
 *
 * directory := crc32c:u32 version:u8 (01) rows:u64 pages:u32 (length:u32 separator)*
 *              (separator: at most the first key of the page, and above the last of the page
 *              before it, both without the sync's number)
 * </pre>
 *
 * <p>The rows of a page are in the order of the keyspace's keys. Ids stand there as they are, not
 * escaped: their order, one after the other, is that of the keys.
 */
@NullMarked
package dev.grantstore.packed;

import org.jspecify.annotations.NullMarked;
