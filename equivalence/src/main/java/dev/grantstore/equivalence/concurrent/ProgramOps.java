package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.OpVisitor;

/** One method for each type of operation that programs have; all others are refused. */
interface ProgramOps extends OpVisitor<Answer> {
  Answer expire(Op.Expire op);

  @Override
  default Answer ofSyncs(Op.OfSyncs op) {
    if (op instanceof Op.Expire expire) {
      return expire(expire);
    }
    throw isNone(op);
  }

  @Override
  default Answer openLoad(Op.OpenLoad op) {
    throw isNone(op);
  }

  @Override
  default Answer fillLoad(Op.FillLoad op) {
    throw isNone(op);
  }

  @Override
  default Answer commitLoad(Op.CommitLoad op) {
    throw isNone(op);
  }

  @Override
  default Answer abandonLoad(Op.AbandonLoad op) {
    throw isNone(op);
  }

  @Override
  default Answer crash(Op.Crash op) {
    throw isNone(op);
  }

  @Override
  default Answer openReadOnly(Op.OpenReadOnly op) {
    throw isNone(op);
  }

  @Override
  default Answer bad(Op.Bad op) {
    throw isNone(op);
  }

  private static IllegalStateException isNone(Op op) {
    return new IllegalStateException("no program has it: " + op.kind());
  }
}
