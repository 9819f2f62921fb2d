package io.narthex.cache.principal;

import static java.util.Objects.requireNonNull;

/** What a request says of who sends it, before anybody believes it. */
sealed interface Credentials {
  /** Nothing. */
  record Absent() implements Credentials {}

  /** A login and its password; whether such a token exists is another question. */
  record Pair(String login, TokenSecret password) implements Credentials {
    public Pair {
      requireNonNull(login, "login is null");
      requireNonNull(password, "password is null");
    }
  }

  /** What looks like a JSON Web Token. */
  final class WebToken implements Credentials {
    private final String text;

    WebToken(String text) {
      this.text = requireNonNull(text, "text is null");
    }

    String text() {
      return text;
    }

    /** Says nothing: whoever has it can use it. */
    @Override
    public String toString() {
      return "(a web token)";
    }
  }

  /** Nothing that can be understood; the reason holds no part of it. */
  record Malformed(String reason) implements Credentials {
    public Malformed {
      requireNonNull(reason, "reason is null");
    }
  }
}
