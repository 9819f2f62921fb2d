package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.principal.Authentication.Refused;
import java.net.URI;

/**
 * What a read is answered. The reasons are short plain texts: Nix shows them to its user.
 *
 * @see <a href="https://github.com/NixOS/nix/blob/master/src/libstore/filetransfer.cc">What Nix
 *     makes of a status: filetransfer.cc</a>
 */
public sealed interface Answer {
  /** 200 with these bytes. */
  record Inline(ResponseHeaders headers, Payload payload) implements Answer {
    public Inline {
      requireNonNull(headers, "headers is null");
      requireNonNull(payload, "payload is null");
    }

    /** What a HEAD is answered in its place. */
    Described withoutBody() {
      return new Described(headers, payload.length());
    }
  }

  /**
   * 200 to a HEAD.
   *
   * @param length of what a GET would bring, in bytes
   */
  record Described(ResponseHeaders headers, long length) implements Answer {
    public Described {
      requireNonNull(headers, "headers is null");
    }
  }

  /** 307: the bytes are at this presigned URL, for a short time. It is never printed. */
  record Redirect(URI location) implements Answer {
    public Redirect {
      requireNonNull(location, "location is null");
    }

    @Override
    public String toString() {
      return "Redirect[location=" + location.getPath() + "]";
    }
  }

  /** 404: nothing there that this caller may know of. Nix remembers it for an hour. */
  record NotFound(String reason) implements Answer {
    public NotFound {
      requireNonNull(reason, "reason is null");
    }
  }

  /**
   * 404 too, and the same as for an absent key: this caller may not read it, nor know whether it is
   * there.
   */
  record Hidden(String reason, Denial denial) implements Answer {
    public Hidden {
      requireNonNull(reason, "reason is null");
      requireNonNull(denial, "denial is null");
    }
  }

  /** 403: a caller that may list the bucket may not read this. */
  record Forbidden(String reason, Denial denial) implements Answer {
    public Forbidden {
      requireNonNull(reason, "reason is null");
      requireNonNull(denial, "denial is null");
    }
  }

  /** 401: the credentials are no good. The caller hears the same whatever the reason. */
  record Unauthenticated(Refused refused) implements Answer {
    public Unauthenticated {
      requireNonNull(refused, "refused is null");
    }
  }

  /** 400: not a request that any client sends. */
  record BadRequest(String reason) implements Answer {
    public BadRequest {
      requireNonNull(reason, "reason is null");
    }
  }

  /** 503: a question that cannot be answered yet. No read of a client is answered like that. */
  record NotReady(String reason) implements Answer {
    public NotReady {
      requireNonNull(reason, "reason is null");
    }
  }

  /** 405: this door is for reading; uploads go to the bucket. */
  record MethodNotAllowed(String reason) implements Answer {
    public MethodNotAllowed {
      requireNonNull(reason, "reason is null");
    }
  }
}
