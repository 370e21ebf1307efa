package dev.grantstore.packed;

import java.util.ArrayList;
import java.util.List;

/**
 * Pages that were read, up to so many bytes: those that were not used for a round of a hand that
 * goes over all of them go first (the clock algorithm). A page never changes and no sync's number
 * is used again, so nothing is ever out of date. Thread-safe.
 */
public final class PageCache {
  private final long capacityBytes;
  private final List<PackedKeyspace> owners = new ArrayList<>();
  private long bytes;
  private long directoryBytes;
  private int owner;
  private int hand;

  /**
   * Starts empty.
   *
   * @param capacityBytes what it may hold; 0 for nothing
   */
  public PageCache(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /** {@return what pages take, about} */
  public synchronized long bytes() {
    return bytes;
  }

  /** {@return what the directories of syncs that were read take, about, beside the pages} */
  public synchronized long directoryBytes() {
    return directoryBytes;
  }

  synchronized void add(PackedKeyspace pages) {
    owners.add(pages);
    pages.isCached = true;
    directoryBytes += pages.directory().memoryBytes();
  }

  /** Forgets the pages of a keyspace that is gone; those it reads later are not kept. */
  synchronized void remove(PackedKeyspace pages) {
    int index = owners.indexOf(pages);
    if (index >= 0) {
      owners.remove(index);
      pages.isCached = false;
      directoryBytes -= pages.directory().memoryBytes();
      for (int page = 0; page < pages.directory().pages(); page++) {
        Page held = pages.takeFromCache(page);
        bytes -= held == null ? 0 : held.memoryBytes();
      }
      owner = 0;
      hand = 0;
    }
  }

  synchronized void added(PackedKeyspace pages, int number, Page page) {
    if (page.memoryBytes() <= capacityBytes && pages.isCached && pages.putIntoCache(number, page)) {
      bytes += page.memoryBytes();
      while (bytes > capacityBytes) {
        moveHand();
      }
    }
  }

  /** Keeps a page in another form instead, if the old one is still kept. */
  synchronized void replaced(PackedKeyspace pages, int number, Page old, Page page) {
    if (pages.isCached && pages.replaceInCache(number, old, page)) {
      bytes += page.memoryBytes() - old.memoryBytes();
      while (bytes > capacityBytes) {
        moveHand();
      }
    }
  }

  private void moveHand() {
    PackedKeyspace pages = owners.get(owner);
    if (hand >= pages.directory().pages()) {
      hand = 0;
      owner = (owner + 1) % owners.size();
      return;
    }
    Page page = pages.cached(hand);
    if (page != null) {
      if (page.wasUsed) {
        page.wasUsed = false;
      } else {
        pages.takeFromCache(hand);
        bytes -= page.memoryBytes();
      }
    }
    hand++;
  }
}
