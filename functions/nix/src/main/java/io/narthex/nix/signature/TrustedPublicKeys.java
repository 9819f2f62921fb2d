package io.narthex.nix.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys whose signatures count: one per name, and the first of a name wins, as in Nix.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/command-ref/conf-file#conf-trusted-public-keys">
 *     trusted-public-keys</a>
 */
public final class TrustedPublicKeys {
  private final Map<KeyName, PublicKey> byName;
  private final SignatureVerifier verifier;

  private TrustedPublicKeys(Map<KeyName, PublicKey> byName, SignatureVerifier verifier) {
    this.byName = byName;
    this.verifier = requireNonNull(verifier, "verifier is null");
  }

  /** Trusts these keys, and none if there are none. */
  public static TrustedPublicKeys of(Collection<PublicKey> keys) {
    var byName = new LinkedHashMap<KeyName, PublicKey>();
    keys.forEach(key -> byName.putIfAbsent(key.name(), key));
    return new TrustedPublicKeys(byName, SignatureVerifier.jdk());
  }

  /**
   * Reads keys parted by white space, as in {@code nix.conf}.
   *
   * @throws IllegalArgumentException if one of them is not {@code name:base64} of 32 bytes
   */
  public static TrustedPublicKeys parse(String list) {
    return of(
        Arrays.stream(list.split("\\s+", -1))
            .filter(text -> !text.isEmpty())
            .map(PublicKey::parse)
            .toList());
  }

  /** The same keys, checked by another implementation of Ed25519. */
  public TrustedPublicKeys verifiedBy(SignatureVerifier other) {
    return new TrustedPublicKeys(byName, other);
  }

  /** The keys, in the order given. */
  public List<PublicKey> keys() {
    return List.copyOf(byName.values());
  }

  /** The key of this name. */
  public Optional<PublicKey> named(KeyName name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Checks every signature over the UTF-8 bytes of the message. */
  public SignatureCheck verify(String message, Collection<Sig> sigs) {
    byte[] bytes = message.getBytes(UTF_8);
    var good = new LinkedHashSet<PublicKey>();
    var forged = new ArrayList<Sig>();
    var malformed = new ArrayList<Sig>();
    var unknown = new ArrayList<Sig>();
    for (Sig sig : sigs) {
      Optional<PublicKey> key = named(sig.keyName());
      Optional<Ed25519Signature> signature = sig.signature();
      if (key.isEmpty()) {
        unknown.add(sig);
      } else if (signature.isEmpty()) {
        malformed.add(sig);
      } else if (verifier.verify(key.get().key(), bytes, signature.get())) {
        good.add(key.get());
      } else {
        forged.add(sig);
      }
    }
    return new SignatureCheck(good, forged, malformed, unknown);
  }
}
