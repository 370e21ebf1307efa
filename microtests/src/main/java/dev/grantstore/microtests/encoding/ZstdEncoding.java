package dev.grantstore.microtests.encoding;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdException;
import dev.grantstore.Grant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;

/**
 * Another encoding's values, each in a zstd frame of its own: level 3, no checksum, no dictionary
 * id. The dictionary is digested once, not for each value.
 */
final class ZstdEncoding implements GrantEncoding {
  private static final int LEVEL = 3;

  /** A frame says how long its content is, and damaged ones say anything. */
  private static final long MAX_VALUE_BYTES = 1L << 27;

  private final GrantEncoding inner;
  private final ZstdCompressCtx compress = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompress = new ZstdDecompressCtx();
  private final ZstdDictCompress compressDictionary;
  private final ZstdDictDecompress decompressDictionary;
  private byte[] frame = new byte[0];

  /** Takes over the inner encoding; an empty dictionary is none. */
  ZstdEncoding(GrantEncoding inner, byte[] dictionary) {
    this.inner = inner;
    compressDictionary = new ZstdDictCompress(dictionary, LEVEL);
    decompressDictionary = new ZstdDictDecompress(dictionary);
    compress.setLevel(LEVEL).setChecksum(false).setDictID(false);
    if (dictionary.length > 0) {
      compress.loadDict(compressDictionary);
      decompress.loadDict(decompressDictionary);
    }
  }

  @Override
  public int encode(Grant grant, Keyspace keyspace) {
    int length = inner.encode(grant, keyspace);
    int bound = (int) Zstd.compressBound(length);
    if (frame.length < bound) {
      frame = new byte[2 * bound];
    }
    return compress.compressByteArray(frame, 0, frame.length, inner.array(), 0, length);
  }

  @Override
  public byte[] array() {
    return frame;
  }

  @Override
  public Grant decode(Keyspace keyspace, byte[] key, byte[] value) throws MalformedBytesException {
    // The library reads before it looks at the length.
    long length = value.length == 0 ? -1 : Zstd.getFrameContentSize(value);
    if (length < 0 || length > MAX_VALUE_BYTES) {
      throw new MalformedBytesException("value is not a zstd frame that tells its length", 0);
    }
    byte[] content = new byte[(int) length];
    try {
      int found =
          decompress.decompressByteArray(content, 0, content.length, value, 0, value.length);
      if (found != content.length) {
        throw new MalformedBytesException("zstd frame is shorter than it tells", 0);
      }
    } catch (ZstdException e) {
      throw new MalformedBytesException("value is not a zstd frame", e);
    }
    return inner.decode(keyspace, key, content);
  }

  @Override
  public void close() {
    compress.close();
    decompress.close();
    compressDictionary.close();
    decompressDictionary.close();
    inner.close();
  }
}
