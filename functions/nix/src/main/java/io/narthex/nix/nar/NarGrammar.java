package io.narthex.nix.nar;

import org.jspecify.annotations.Nullable;

/**
 * The grammar of the archive, a token at a time: which token may come next, how long it may be, and
 * what it means to the handler.
 *
 * <p>Each state is named for the token that is awaited in it.
 */
final class NarGrammar {
  /** How many trees may be nested in each other, the root included: {@code narMaxDepth} of Nix. */
  static final int MAX_DEPTH = 64;

  /** Long enough to quote a wrong tag in a message. */
  private static final int MAX_TAG = 32;

  private enum State {
    MAGIC,
    NODE_OPEN,
    TYPE,
    KIND,
    EXECUTABLE_OR_CONTENTS,
    EXECUTABLE_VALUE,
    CONTENTS_TAG,
    CONTENTS,
    TARGET_TAG,
    TARGET,
    NODE_CLOSE,
    ENTRY_OR_CLOSE,
    ENTRY_OPEN,
    NAME_TAG,
    NAME,
    NODE_TAG,
    ENTRY_CLOSE,
    END
  }

  private final NarHandler handler;
  private State state = State.MAGIC;
  private boolean executable;

  /** The name read last in each open directory; the directories open are the trees around us. */
  private final @Nullable NarName[] lastNames = new NarName[MAX_DEPTH];

  private int openDirectories;

  NarGrammar(NarHandler handler) {
    this.handler = handler;
  }

  boolean atEnd() {
    return state == State.END;
  }

  /** Whether a file's contents come next, to be streamed and not given to {@link #token}. */
  boolean awaitsContents() {
    return state == State.CONTENTS;
  }

  /** What is awaited, for messages. */
  String awaited() {
    return switch (state) {
      case MAGIC -> "the magic '" + NarTag.MAGIC + "'";
      case NAME -> "a file name";
      case TARGET -> "a symlink target";
      case CONTENTS -> "the contents of a file";
      default -> "a tag";
    };
  }

  /** How many bytes the awaited token may have. */
  int maxLength() {
    return switch (state) {
      case NAME -> NarName.MAX_LENGTH;
      case TARGET -> LinkTarget.MAX_LENGTH;
      default -> MAX_TAG;
    };
  }

  void startContents(long size, long narOffset) {
    handler.startFile(executable, size, narOffset);
  }

  void contents(byte[] buffer, int offset, int length) {
    handler.contents(buffer, offset, length);
  }

  void endContents() {
    handler.endFile();
    state = State.NODE_CLOSE;
  }

  void token(NarToken read) throws MalformedNarException {
    state =
        switch (state) {
          case MAGIC -> magic(read);
          case NODE_OPEN -> expect(read, NarTag.OPEN, State.TYPE);
          case TYPE -> expect(read, NarTag.TYPE, State.KIND);
          case KIND -> kind(read);
          case EXECUTABLE_OR_CONTENTS -> executableOrContents(read);
          case EXECUTABLE_VALUE -> executableValue(read);
          case CONTENTS_TAG -> expect(read, NarTag.CONTENTS, State.CONTENTS);
          case TARGET_TAG -> expect(read, NarTag.TARGET, State.TARGET);
          case TARGET -> target(read);
          case NODE_CLOSE -> expect(read, NarTag.CLOSE, afterNode());
          case ENTRY_OR_CLOSE -> entryOrClose(read);
          case ENTRY_OPEN -> expect(read, NarTag.OPEN, State.NAME_TAG);
          case NAME_TAG -> expect(read, NarTag.NAME, State.NAME);
          case NAME -> name(read);
          case NODE_TAG -> expect(read, NarTag.NODE, State.NODE_OPEN);
          case ENTRY_CLOSE -> expect(read, NarTag.CLOSE, State.ENTRY_OR_CLOSE);
          case CONTENTS, END -> throw new IllegalStateException("no token in state " + state);
        };
  }

  private static State expect(NarToken read, NarTag tag, State next) throws MalformedNarException {
    read.expect(tag);
    return next;
  }

  private static State magic(NarToken read) throws MalformedNarException {
    if (!read.is(NarTag.MAGIC)) {
      throw read.malformed("not a Nix archive: does not begin with '" + NarTag.MAGIC + "'");
    }
    return State.NODE_OPEN;
  }

  private State kind(NarToken read) throws MalformedNarException {
    if (openDirectories >= MAX_DEPTH) {
      throw read.malformed("nested deeper than " + MAX_DEPTH + " levels");
    }
    if (read.is(NarTag.REGULAR)) {
      executable = false;
      return State.EXECUTABLE_OR_CONTENTS;
    }
    if (read.is(NarTag.SYMLINK)) {
      return State.TARGET_TAG;
    }
    if (read.is(NarTag.DIRECTORY)) {
      lastNames[openDirectories++] = null;
      handler.startDirectory();
      return State.ENTRY_OR_CLOSE;
    }
    throw read.malformed("unknown file type '" + read + "'");
  }

  private State executableOrContents(NarToken read) throws MalformedNarException {
    if (read.is(NarTag.EXECUTABLE)) {
      executable = true;
      return State.EXECUTABLE_VALUE;
    }
    return expect(read, NarTag.CONTENTS, State.CONTENTS);
  }

  private static State executableValue(NarToken read) throws MalformedNarException {
    if (!read.is(NarTag.EMPTY)) {
      throw read.malformed("executable marker has the value '" + read + "'");
    }
    return State.CONTENTS_TAG;
  }

  private State target(NarToken read) throws MalformedNarException {
    String raw = read.raw();
    read.refuse(LinkTarget.fault(raw));
    handler.symlink(new LinkTarget(raw));
    return State.NODE_CLOSE;
  }

  private State entryOrClose(NarToken read) throws MalformedNarException {
    if (read.is(NarTag.ENTRY)) {
      return State.ENTRY_OPEN;
    }
    if (read.is(NarTag.CLOSE)) {
      openDirectories--;
      handler.endDirectory();
      return afterNode();
    }
    throw read.malformed("expected tag 'entry' or ')', got '" + read + "'");
  }

  private State name(NarToken read) throws MalformedNarException {
    String raw = read.raw();
    read.refuse(NarName.fault(raw));
    NarName name = new NarName(raw);
    NarName last = lastNames[openDirectories - 1];
    if (last != null && name.compareTo(last) <= 0) {
      throw read.malformed("file name '" + name + "' does not sort after '" + last + "'");
    }
    lastNames[openDirectories - 1] = name;
    handler.entry(name);
    return State.NODE_TAG;
  }

  private State afterNode() {
    return openDirectories == 0 ? State.END : State.ENTRY_CLOSE;
  }
}
