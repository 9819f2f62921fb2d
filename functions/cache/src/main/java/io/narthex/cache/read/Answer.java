package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * What a read is answered. The reasons are short plain texts: Nix shows them to its user.
 *
 * @see <a href="https://github.com/NixOS/nix/blob/master/src/libstore/filetransfer.cc">What Nix
 *     makes of a status: filetransfer.cc</a>
 */
public sealed interface Answer {
  /** Whether it is the policy that keeps this caller from reading, and not what is there. */
  default boolean isRefusal() {
    return switch (this) {
      case Hidden _, Forbidden _, Unauthenticated _ -> true;
      case Inline _, Described _, Redirect _, NotFound _, BadRequest _, MethodNotAllowed _ -> false;
    };
  }

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

  /** 404 too: this caller may not read it, nor know whether it is there. */
  record Hidden(String reason) implements Answer {
    public Hidden {
      requireNonNull(reason, "reason is null");
    }
  }

  /** 403: a caller that may list the bucket may not read this. */
  record Forbidden(String reason) implements Answer {
    public Forbidden {
      requireNonNull(reason, "reason is null");
    }
  }

  /** 401: nobody in particular asks, and nobody in particular may read anything here. */
  record Unauthenticated(String reason) implements Answer {
    public Unauthenticated {
      requireNonNull(reason, "reason is null");
    }
  }

  /** 400: not a request that any client sends. */
  record BadRequest(String reason) implements Answer {
    public BadRequest {
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
