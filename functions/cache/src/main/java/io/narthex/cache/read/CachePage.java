package io.narthex.cache.read;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.narthex.cache.read.Answer.Inline;
import io.narthex.cache.settings.Settings;
import io.narthex.nix.signature.PublicKey;
import java.net.URI;
import java.util.Optional;

/**
 * The page for people who open the cache in a browser. It holds nothing but public keys and the
 * address, so everyone gets it, also where the cache itself asks for credentials.
 */
final class CachePage {
  private static final ResponseHeaders HEADERS =
      ResponseHeaders.NONE
          .with("Content-Type", "text/html; charset=utf-8")
          .with("Cache-Control", "public, max-age=300")
          .with(
              "Content-Security-Policy",
              "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
          .with("Referrer-Policy", "no-referrer")
          .with("X-Content-Type-Options", "nosniff");
  private static final String UNKNOWN_URL = "https://… (the address of this page)";

  private final Optional<URI> url;

  CachePage(Optional<URI> url) {
    this.url = requireNonNull(url, "url is null");
  }

  Inline answer(Settings settings) {
    return new Inline(HEADERS, Payload.of(html(settings)));
  }

  private String html(Settings settings) {
    String keys =
        settings
            .signingKey()
            .map(PublicKey::toString)
            .orElseGet(
                () ->
                    settings.trustedPublicKeys().stream()
                        .map(PublicKey::toString)
                        .collect(joining(" ")));
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Nix binary cache</title></head>
        <body>
        <h1>Nix binary cache</h1>
        <p>Serves store paths of <code>%s</code> that were verified after their upload. To use it,
        add to <code>nix.conf</code>:</p>
        <pre>extra-substituters = %s
        extra-trusted-public-keys = %s</pre>
        <p>What was found about a store path is at <code>%s&lt;hash&gt;</code>.</p>
        </body>
        </html>
        """
        .formatted(
            escaped(settings.storeDir().toString()),
            escaped(url.map(URI::toString).orElse(UNKNOWN_URL)),
            escaped(keys),
            escaped(Route.REPORTS));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
