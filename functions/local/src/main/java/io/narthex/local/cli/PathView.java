package io.narthex.local.cli;

import io.narthex.nix.path.StorePathHash;
import java.time.Duration;

/** What a cache tells of store paths. Many may be asked at a time. */
interface PathView extends AutoCloseable {
  /** The report on a path, or why there is none to be had. */
  PathAnswer ask(StorePathHash hash);

  /** Whether readers get the path's narinfo: the last thing that becomes readable of it. */
  boolean isServed(StorePathHash hash);

  /** How long to wait until it is worth asking again. */
  Duration pause();

  @Override
  void close();
}
