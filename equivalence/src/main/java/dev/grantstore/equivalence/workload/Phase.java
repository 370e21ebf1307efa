package dev.grantstore.equivalence.workload;

/** What a workload does most. */
enum Phase {
  EVEN,
  FILL,
  CHURN,
  DELETE_HEAVY,
  READ_HEAVY,
  HANDLE_HEAVY,
  /** All writes go to two ids. */
  VERSION_PILE,
  /** What is written goes to many files, over several lives of the store. */
  LAYERS;

  int factor(OpChoice.Group group) {
    return switch (this) {
      case EVEN -> 1;
      case FILL -> group == OpChoice.Group.WRITE ? 4 : 1;
      case CHURN, VERSION_PILE ->
          group == OpChoice.Group.WRITE || group == OpChoice.Group.DELETE ? 3 : 1;
      case DELETE_HEAVY -> group == OpChoice.Group.DELETE ? 5 : 1;
      case READ_HEAVY -> group == OpChoice.Group.READ ? 4 : 1;
      case HANDLE_HEAVY -> group == OpChoice.Group.HANDLE ? 4 : 1;
      case LAYERS ->
          switch (group) {
            case DISK -> 8;
            // Costs as much as a hundred others.
            case RESTART -> 3;
            default -> 1;
          };
    };
  }
}
