package io.narthex.nix.nar;

import java.util.List;

/** Passes every event to several handlers. */
final class BroadcastHandler implements NarHandler {
  private final NarHandler[] handlers;

  BroadcastHandler(List<? extends NarHandler> handlers) {
    this.handlers = handlers.toArray(NarHandler[]::new);
  }

  @Override
  public void startDirectory() {
    for (NarHandler handler : handlers) {
      handler.startDirectory();
    }
  }

  @Override
  public void entry(NarName name) {
    for (NarHandler handler : handlers) {
      handler.entry(name);
    }
  }

  @Override
  public void endDirectory() {
    for (NarHandler handler : handlers) {
      handler.endDirectory();
    }
  }

  @Override
  public void startFile(boolean executable, long size, long narOffset) {
    for (NarHandler handler : handlers) {
      handler.startFile(executable, size, narOffset);
    }
  }

  @Override
  public void contents(byte[] buffer, int offset, int length) {
    for (NarHandler handler : handlers) {
      handler.contents(buffer, offset, length);
    }
  }

  @Override
  public void endFile() {
    for (NarHandler handler : handlers) {
      handler.endFile();
    }
  }

  @Override
  public void symlink(LinkTarget target) {
    for (NarHandler handler : handlers) {
      handler.symlink(target);
    }
  }
}
