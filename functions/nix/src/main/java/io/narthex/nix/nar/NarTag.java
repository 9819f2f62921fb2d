package io.narthex.nix.nar;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The words of the archive format. */
enum NarTag {
  MAGIC("nix-archive-1"),
  OPEN("("),
  CLOSE(")"),
  TYPE("type"),
  REGULAR("regular"),
  DIRECTORY("directory"),
  SYMLINK("symlink"),
  EXECUTABLE("executable"),
  CONTENTS("contents"),
  TARGET("target"),
  ENTRY("entry"),
  NAME("name"),
  NODE("node"),
  EMPTY("");

  private final String text;

  NarTag(String text) {
    this.text = text;
  }

  boolean is(byte[] token, int length) {
    if (length != text.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (token[i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  byte[] bytes() {
    return text.getBytes(US_ASCII);
  }

  @Override
  public String toString() {
    return text;
  }
}
