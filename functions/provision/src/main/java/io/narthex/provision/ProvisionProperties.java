package io.narthex.provision;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.env.Environment;
import io.narthex.aws.signing.SigningKey;
import io.narthex.cache.settings.Audience;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.settings.TrustMode;
import io.narthex.cache.settings.UndeclaredMode;
import io.narthex.cache.settings.UpstreamCache;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.signature.KeyName;
import io.narthex.nix.signature.PublicKey;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the template says of the cache.
 *
 * @param attach whether the bucket was there before the stack
 * @param signingKey what the cache is to sign with
 */
record ProvisionProperties(boolean attach, Settings settings, Optional<SigningKey> signingKey) {
  private static final Map<String, Boolean> FLAGS = words("true", true, "false", false);
  private static final Map<String, ClosureMode> CLOSURE_MODES =
      words("strict", ClosureMode.STRICT, "warn", ClosureMode.WARN);
  private static final Map<String, UndeclaredMode> UNDECLARED_MODES =
      words("warn", UndeclaredMode.WARN, "reject", UndeclaredMode.REJECT);

  private static final Map<String, TrustMode> TRUST_MODES =
      words("signatures", TrustMode.SIGNATURES, "uploaders", TrustMode.UPLOADERS);

  ProvisionProperties {
    requireNonNull(settings, "settings is null");
    if (settings.trust() == TrustMode.UPLOADERS && signingKey.isEmpty()) {
      throw new IllegalArgumentException(
          "Trust=uploaders needs SigningKey: no reader could verify what nobody has signed");
    }
    if (signingKey.filter(key -> isTrusted(key.name(), settings)).isPresent()) {
      throw new IllegalArgumentException(
          "SigningKeyName must not be the name of a key in TrustedPublicKeys: "
              + signingKey.get().name());
    }
  }

  private static boolean isTrusted(KeyName name, Settings settings) {
    return settings.trustedPublicKeys().stream().anyMatch(key -> key.name().equals(name));
  }

  /**
   * Reads the properties of the custom resource, named as the parameters of the template.
   *
   * @throws io.narthex.aws.env.InvalidEnvironmentException naming all that is wrong
   * @throws IllegalArgumentException if they do not go together
   */
  static ProvisionProperties from(Map<String, String> properties) {
    var read = new Environment(properties);
    var attach = read.required("Attach", word(FLAGS));
    var storeDir = read.required("StoreDir", StoreDir::new);
    var keys = read.optional("TrustedPublicKeys", list(PublicKey::parse));
    var signatures = read.required("RequiredSignatures", Integer::valueOf);
    var closure = read.required("Closure", word(CLOSURE_MODES));
    var undeclared = read.required("Undeclared", word(UNDECLARED_MODES));
    var upstreams = read.optional("Upstreams", list(ProvisionProperties::upstream));
    var maxNarGiB = read.required("MaxNarGiB", Integer::valueOf);
    var graceMinutes = read.required("GraceMinutes", Integer::valueOf);
    var priority = read.required("Priority", Integer::valueOf);
    var readWaitSeconds = read.required("ReadWaitSeconds", Integer::valueOf);
    var trust = read.required("Trust", word(TRUST_MODES));
    var audiences = read.optional("Audiences", list(Audience::parse));
    var signingKey = read.optionalPair("SigningKey", "SigningKeyName", SigningKey::of);
    read.check();
    var settings =
        new Settings(
            storeDir.get(),
            orNone(keys.get()),
            signatures.get(),
            closure.get(),
            undeclared.get(),
            orNone(upstreams.get()),
            (long) maxNarGiB.get() << 30,
            Duration.ofMinutes(graceMinutes.get()),
            priority.get(),
            Duration.ofSeconds(readWaitSeconds.get()));
    return new ProvisionProperties(
        attach.get(), settings.with(trust.get()).with(orNone(audiences.get())), signingKey.get());
  }

  private static <T> Map<String, T> words(String one, T first, String other, T second) {
    var words = new LinkedHashMap<String, T>();
    words.put(one, first);
    words.put(other, second);
    return Collections.unmodifiableMap(words);
  }

  /** One of these words, in lower case; the values in their place. */
  private static <T> Function<String, T> word(Map<String, T> words) {
    return text ->
        Optional.ofNullable(words.get(text))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "not one of %s: %s".formatted(String.join(" and ", words.keySet()), text)));
  }

  private static <T> List<T> orNone(Optional<List<T>> list) {
    return list.orElse(List.of());
  }

  private static <T> Function<String, List<T>> list(Function<String, T> element) {
    return text -> Arrays.stream(text.split(",")).map(String::strip).map(element).toList();
  }

  private static UpstreamCache upstream(String text) {
    String[] parts = text.split(" ", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException("not a URL, a space and a public key: " + text);
    }
    return new UpstreamCache(URI.create(parts[0]), PublicKey.parse(parts[1].strip()));
  }
}
