package io.narthex.local.cli.login;

/** A token of an OIDC issuer. It never prints. */
public final class WebToken {
  private final String text;

  /** In its compact form. */
  public WebToken(String text) {
    this.text = text.strip();
    if (this.text.isEmpty() || !this.text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("not the token of an issuer");
    }
  }

  String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "(a web token)";
  }
}
