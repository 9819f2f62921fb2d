package io.narthex.cache.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.layout.CachePath.NarPath;
import io.narthex.cache.principal.TokenId;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.VersionId;
import io.narthex.nix.path.StorePathHash;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Optional;

/**
 * The keys of the state bucket. A name taken from an upload is percent-encoded, so it is one path
 * segment whatever it holds.
 */
public final class StateKeys {
  /** Prefix of the reports on store paths. */
  public static final String REPORTS = "reports/";

  /** Prefix of the waiting marks. */
  public static final String WAITING = "waiting/";

  /** Below it: prefix of the marks of those that wait for an audit. */
  private static final String AUDIT = "audit/";

  /** Prefix of the tokens. */
  public static final String TOKENS = "tokens/";

  private static final String JSON = ".json";

  private StateKeys() {}

  /** {@code settings.json}: what is trusted and demanded; written by provisioning. */
  public static ObjectKey settings() {
    return new ObjectKey("settings.json");
  }

  /** {@code relook.json}: how far a look at everything got, after a change of settings. */
  public static ObjectKey relook() {
    return new ObjectKey("relook.json");
  }

  /** {@code revocations/paths/<hash>.json}: a store path that is never served again, and why. */
  public static ObjectKey revocation(StorePathHash hash) {
    return new ObjectKey("revocations/paths/" + hash + JSON);
  }

  /** {@code revocations/keys.json}: public keys that are trusted no more, whatever settings say. */
  public static ObjectKey revokedKeys() {
    return new ObjectKey("revocations/keys.json");
  }

  /** {@code tokens/<id>.json}: a token that was issued, without its secret. */
  public static ObjectKey token(TokenId id) {
    return new ObjectKey(TOKENS + id + JSON);
  }

  /** Whose token a key below {@link #TOKENS} is of; empty if of none. */
  public static Optional<TokenId> tokenId(ObjectKey key) {
    String value = key.value();
    return value.startsWith(TOKENS) && value.endsWith(JSON)
        ? TokenId.parse(value.substring(TOKENS.length(), value.length() - JSON.length()))
        : Optional.empty();
  }

  /** {@code principals.json}: who is known at the door besides the holders of tokens. */
  public static ObjectKey principals() {
    return new ObjectKey("principals.json");
  }

  /** {@code reports/<hash>.json}: what was found about a store path. */
  public static ObjectKey report(StorePathHash hash) {
    return new ObjectKey(REPORTS + hash + JSON);
  }

  /** {@code by-nar/<nar>/}: prefix of the links from a NAR to the narinfos that point at it. */
  public static String byNar(NarPath nar) {
    return "by-nar/" + segment(nar.file()) + "/";
  }

  /** {@code by-nar/<nar>/<hash>/<version>}: one such link, from one version of the narinfo. */
  public static ObjectKey byNar(NarPath nar, StorePathHash hash, VersionId narInfo) {
    return new ObjectKey(byNar(nar) + hash + "/" + segment(narInfo.value()));
  }

  /** Whose link that is. */
  public static StorePathHash linkedHash(ObjectKey link) {
    String[] segments = link.value().split("/", -1);
    return new StorePathHash(segments[segments.length - 2]);
  }

  /** {@code waiting/<needed>/}: prefix of the marks of all that wait for one thing. */
  public static String waiting(Need need) {
    return WAITING
        + switch (need) {
          case Need.ForNar(var nar) -> "nar/" + segment(nar.file());
          case Need.ForPath(var path) -> "path/" + segment(path.toString());
          case Need.ForSignature(var hash) -> "signature/" + hash;
          case Need.ForAudit(var hash) -> AUDIT + hash;
        }
        + "/";
  }

  /** {@code waiting/audit/}: prefix of the marks of all that wait for an audit of their NAR. */
  public static String waitingForAudit() {
    return WAITING + AUDIT;
  }

  /** {@code waiting/<needed>/<waiter>}: one such mark; the waiter is a key of the cache bucket. */
  public static ObjectKey waiting(Need need, ObjectKey waiter) {
    return new ObjectKey(waiting(need) + segment(waiter.value()));
  }

  /** {@code upstream/<hash>.json}: a reference that an upstream cache has, with its signature. */
  public static ObjectKey upstream(StorePathHash hash) {
    return new ObjectKey("upstream/" + hash + JSON);
  }

  /** The last segment of a key, decoded. */
  public static String lastSegment(ObjectKey key) {
    String value = key.value();
    return URLDecoder.decode(value.substring(value.lastIndexOf('/') + 1), UTF_8);
  }

  /** A text as one path segment. */
  public static String segment(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
