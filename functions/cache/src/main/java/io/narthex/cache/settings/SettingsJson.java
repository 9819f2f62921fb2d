package io.narthex.cache.settings;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.nix.hash.Hash;
import io.narthex.nix.hash.HashAlgorithm;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.signature.PublicKey;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The JSON form of the settings, as {@code settings.json} has it. Durations are ISO 8601. */
public final class SettingsJson {
  private SettingsJson() {}

  /**
   * Writes settings; the same settings give the same bytes. The revoked keys are not written, for
   * they lie beside.
   */
  public static byte[] write(Settings settings) {
    ObjectNode json = demands(settings);
    json.put("priority", settings.priority());
    json.put("readWait", settings.readWait().toString());
    json.put("trust", settings.trust().name().toLowerCase(ROOT));
    settings.signingKey().ifPresent(key -> json.put("signingKey", key.toString()));
    return JsonDocument.write(json);
  }

  private static void audiences(Settings settings, ObjectNode json) {
    if (!settings.audiences().isEmpty()) {
      var audiences = json.putArray("audiences");
      settings.audiences().forEach(audience -> audiences.add(audience.toString()));
    }
  }

  /**
   * Reads settings; a missing field is an error, never a default. Without {@code signingKey} the
   * cache does not sign, or only who signs knows its key; without {@code audiences} there are none.
   */
  public static Settings read(byte[] bytes) throws MalformedJsonException {
    JsonDocument json = JsonDocument.parse(bytes);
    try {
      return new Settings(
          json.text("storeDir", StoreDir::new),
          json.texts("trustedPublicKeys", PublicKey::parse),
          Math.toIntExact(json.number("requiredSignatures")),
          json.text("closure", text -> ClosureMode.valueOf(text.toUpperCase(ROOT))),
          json.text("undeclared", text -> UndeclaredMode.valueOf(text.toUpperCase(ROOT))),
          json.objects("upstreams", SettingsJson::upstream),
          json.number("maxNarSize"),
          json.text("grace", SettingsJson::duration),
          Math.toIntExact(json.number("priority")),
          json.text("readWait", SettingsJson::duration),
          json.text("trust", text -> TrustMode.valueOf(text.toUpperCase(ROOT))),
          List.of(),
          json.optionalText("signingKey", PublicKey::parse),
          json.texts("audiences", Audience::parse));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedJsonException("settings: " + e.getMessage());
    }
  }

  /**
   * A digest of everything in the settings that a verdict depends on: a report made under another
   * digest is made again.
   */
  public static String digest(Settings settings) {
    return Hash.of(
            HashAlgorithm.SHA256,
            HashAlgorithm.SHA256.newDigest().digest(JsonDocument.write(digested(settings))))
        .nix32();
  }

  private static ObjectNode digested(Settings settings) {
    ObjectNode json = demands(settings);
    settings.signingKey().ifPresent(key -> json.put("signingKey", key.toString()));
    if (settings.trustsUploaders()) {
      json.put("trust", "uploaders");
      var revoked = json.putArray("revokedKeys");
      settings.revokedKeys().forEach(key -> revoked.add(key.toString()));
    }
    return json;
  }

  private static ObjectNode demands(Settings settings) {
    ObjectNode json = JsonDocument.object();
    json.put("storeDir", settings.storeDir().toString());
    var keys = json.putArray("trustedPublicKeys");
    settings.trustedPublicKeys().forEach(key -> keys.add(key.toString()));
    json.put("requiredSignatures", settings.requiredSignatures());
    json.put("closure", settings.closure().name().toLowerCase(ROOT));
    json.put("undeclared", settings.undeclared().name().toLowerCase(ROOT));
    var upstreams = json.putArray("upstreams");
    for (UpstreamCache upstream : settings.upstreams()) {
      upstreams
          .addObject()
          .put("url", upstream.url().toString())
          .put("key", upstream.key().toString());
    }
    json.put("maxNarSize", settings.maxNarSize());
    json.put("grace", settings.grace().toString());
    audiences(settings, json);
    return json;
  }

  private static UpstreamCache upstream(JsonDocument json) throws MalformedJsonException {
    return new UpstreamCache(json.text("url", URI::create), json.text("key", PublicKey::parse));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not an ISO 8601 duration: " + text, e);
    }
  }
}
