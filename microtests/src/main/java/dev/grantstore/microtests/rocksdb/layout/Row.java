package dev.grantstore.microtests.rocksdb.layout;

/** Key and value of one row; handed over, not copied. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Row(byte[] key, byte[] value) {}
