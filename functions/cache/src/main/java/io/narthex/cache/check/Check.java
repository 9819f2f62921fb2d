package io.narthex.cache.check;

import io.narthex.cache.verdict.CheckName;
import io.narthex.cache.verdict.CheckResult;

/** One rule about an upload: a pure function of what was read. */
interface Check {
  /** The name under which its result is reported. */
  CheckName name();

  /** What it makes of the evidence. */
  CheckResult run(Evidence evidence);
}
