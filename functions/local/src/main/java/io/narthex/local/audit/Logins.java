package io.narthex.local.audit;

import java.net.URI;
import java.util.Optional;

/** Which credentials a cache is asked with. */
@FunctionalInterface
public interface Logins {
  /** The value of an {@code Authorization} header; empty for none. It is a secret. */
  Optional<String> of(URI cache);
}
