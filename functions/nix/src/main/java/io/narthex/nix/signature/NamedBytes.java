package io.narthex.nix.signature;

import io.narthex.nix.text.Excerpt;
import io.narthex.nix.text.NixBase64;

/**
 * What stands in key files and {@code Sig} fields: {@code name:base64}, parted at the first colon.
 */
record NamedBytes(KeyName name, String base64) {
  static NamedBytes parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not name:base64: " + Excerpt.of(text));
    }
    return new NamedBytes(new KeyName(text.substring(0, colon)), text.substring(colon + 1));
  }

  /** As {@link #parse}, but nothing of the text gets into a message. */
  static NamedBytes parseSecret(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      // Without the cause: its message quotes the text, and the name may be a misplaced secret.
      throw new IllegalArgumentException("secret key is not name:base64");
    }
  }

  byte[] bytes() {
    return NixBase64.decode(base64);
  }

  /** Mute: this may be a secret. */
  @Override
  public String toString() {
    return name.toString();
  }
}
