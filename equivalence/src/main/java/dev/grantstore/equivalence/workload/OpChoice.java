package dev.grantstore.equivalence.workload;

/** What the generator chooses from, and how often beside each other, before phases weigh in. */
enum OpChoice {
  PUT(Group.WRITE, 200),
  PUT_ALL(Group.WRITE, 60),
  DELETE(Group.DELETE, 70),
  DELETE_ALL(Group.DELETE, 30),
  GET(Group.READ, 60),
  GET_ALL(Group.READ, 40),
  HOLDS(Group.READ, 50),
  LIST(Group.READ, 90),
  LIST_IN_PAGES(Group.READ, 40),
  LIST_SYNCS(Group.READ, 15),
  PAGE(Group.HANDLE, 60),
  RESUME(Group.HANDLE, 90),
  OPEN_SNAPSHOT(Group.HANDLE, 25),
  RELEASE_SNAPSHOT(Group.HANDLE, 10),
  OPEN_CURSOR(Group.HANDLE, 60),
  NEXT_ROWS(Group.HANDLE, 70),
  CLOSE_CURSOR(Group.HANDLE, 10),
  START_SYNC(Group.LIFE, 15),
  SEAL(Group.LIFE, 4),
  DROP(Group.LIFE, 10),
  BULK_LOAD(Group.LIFE, 3),
  ABANDONED_LOAD(Group.LIFE, 1),
  OPEN_LOAD(Group.LIFE, 6),
  FILL_LOAD(Group.LIFE, 14),
  COMMIT_LOAD(Group.LIFE, 10),
  ABANDON_LOAD(Group.LIFE, 2),
  FLUSH(Group.DISK, 5),
  SETTLE(Group.DISK, 1),
  REOPEN(Group.RESTART, 1),
  CRASH(Group.RESTART, 1),
  OPEN_READ_ONLY(Group.RESTART, 1),
  BAD(Group.BAD, 30);

  /** What belongs together when a phase weighs. */
  enum Group {
    WRITE,
    DELETE,
    READ,
    HANDLE,
    LIFE,
    DISK,
    RESTART,
    BAD
  }

  private final Group group;
  private final int weight;

  OpChoice(Group group, int weight) {
    this.group = group;
    this.weight = weight;
  }

  int weight(Phase phase) {
    return weight * phase.factor(group);
  }
}
