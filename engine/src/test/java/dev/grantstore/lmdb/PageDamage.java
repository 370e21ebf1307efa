package dev.grantstore.lmdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Damages the pages of an LMDB file, as disks, copying tools and memory do. Stateless. */
enum PageDamage {
  FLIPPED_BIT {
    @Override
    byte[] to(byte[] file, Random random) {
      file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      return file;
    }
  },
  FLIPPED_BIT_IN_A_HEADER {
    @Override
    byte[] to(byte[] file, Random random) {
      file[page(file, random) + random.nextInt(40)] ^= (byte) (1 << random.nextInt(8));
      return file;
    }
  },
  FLIPPED_BIT_IN_A_NODE {
    @Override
    byte[] to(byte[] file, Random random) {
      file[node(file, random) + random.nextInt(24)] ^= (byte) (1 << random.nextInt(8));
      return file;
    }
  },
  WRONG_NUMBER_IN_A_HEADER {
    @Override
    byte[] to(byte[] file, Random random) {
      int at = page(file, random) + 2 * random.nextInt(20);
      in(file).putShort(at, NUMBERS[random.nextInt(NUMBERS.length)]);
      return file;
    }
  },
  WRONG_NUMBER_IN_A_NODE {
    @Override
    byte[] to(byte[] file, Random random) {
      int at = node(file, random) + 2 * random.nextInt(4);
      in(file).putShort(at, NUMBERS[random.nextInt(NUMBERS.length)]);
      return file;
    }
  },
  ZEROED_PAGE {
    @Override
    byte[] to(byte[] file, Random random) {
      int page = page(file, random);
      Arrays.fill(file, page, page + PAGE_BYTES, (byte) 0);
      return file;
    }
  },
  GARBLED_BYTES {
    @Override
    byte[] to(byte[] file, Random random) {
      byte[] noise = new byte[1 + random.nextInt(PAGE_BYTES)];
      random.nextBytes(noise);
      int at = random.nextInt(file.length - noise.length);
      System.arraycopy(noise, 0, file, at, noise.length);
      return file;
    }
  },
  COPIED_PAGE {
    @Override
    byte[] to(byte[] file, Random random) {
      System.arraycopy(file, page(file, random), file, page(file, random), PAGE_BYTES);
      return file;
    }
  },
  /** The page says that it is the one in whose place it is. */
  COPIED_PAGE_WITH_ITS_NUMBER {
    @Override
    byte[] to(byte[] file, Random random) {
      int to = page(file, random);
      System.arraycopy(file, page(file, random), file, to, PAGE_BYTES);
      in(file).putLong(to, to / PAGE_BYTES);
      return file;
    }
  },
  SWAPPED_PAGES {
    @Override
    byte[] to(byte[] file, Random random) {
      int one = page(file, random);
      int two = page(file, random);
      byte[] first = Arrays.copyOfRange(file, one, one + PAGE_BYTES);
      System.arraycopy(file, two, file, one, PAGE_BYTES);
      System.arraycopy(first, 0, file, two, PAGE_BYTES);
      return file;
    }
  },
  CUT {
    @Override
    byte[] to(byte[] file, Random random) {
      return Arrays.copyOf(file, random.nextInt(file.length));
    }
  },
  APPENDED {
    @Override
    byte[] to(byte[] file, Random random) {
      byte[] longer = Arrays.copyOf(file, file.length + 1 + random.nextInt(4 * PAGE_BYTES));
      for (int i = file.length; i < longer.length; i++) {
        longer[i] = (byte) random.nextInt();
      }
      return longer;
    }
  };

  private static final int PAGE_BYTES = 4 << 10;
  private static final short[] NUMBERS = {0, 1, 2, 4, 15, 16, 17, 18, 64, 4_000, 4_096, 32_767, -1};

  /** {@return the damaged file} May be the array that was given. */
  abstract byte[] to(byte[] file, Random random);

  /** {@return one of all kinds of damage, done to a copy} */
  static byte[] any(byte[] file, Random random) {
    return kind(random).to(file.clone(), random);
  }

  private static PageDamage kind(Random random) {
    return values()[random.nextInt(values().length)];
  }

  private static int page(byte[] file, Random random) {
    return random.nextInt(file.length / PAGE_BYTES) * PAGE_BYTES;
  }

  /** Where a node is, if the page holds any. */
  private static int node(byte[] file, Random random) {
    int page = page(file, random);
    ByteBuffer in = in(file);
    int nodes = (Short.toUnsignedInt(in.getShort(page + 12)) - 16) / 2;
    boolean isTree = (in.getShort(page + 10) & 3) != 0 && nodes > 0 && nodes < PAGE_BYTES / 2;
    int node = isTree ? in.getShort(page + 16 + 2 * random.nextInt(nodes)) : 16;
    return page + Math.min(Math.max(node, 0), PAGE_BYTES - 24);
  }

  private static ByteBuffer in(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.nativeOrder());
  }
}
