package io.narthex.bench.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Identity;
import io.narthex.cache.read.Answer;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.Caller;
import io.narthex.cache.read.PolicyInForce;
import io.narthex.cache.read.Queries;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.read.ReadRequest;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectStore;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.signature.PublicKey;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.serve.ServeParts;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The index as somebody asks it who may read everything: JSON in, JSON out. */
final class AskedIndex {
  static final String MISSING = Queries.MISSING;
  private static final String CLOSURE = "/api/v1/closure/";
  private static final String SEARCH = "/api/v1/search";
  private static final String BUCKET = "arn:aws:s3:::nix-cache";
  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"%s/*",
         "Condition":{"StringEquals":{"s3:ExistingObjectTag/nix-verdict":"verified"}}},
        {"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"%s"}]}
      """
          .formatted(BUCKET, BUCKET);
  private static final CacheBucket CACHE = new CacheBucket(BUCKET, new AccountId("111122223333"));
  private static final Caller ANYONE =
      new Caller(
          new Authenticated(Identity.ANONYMOUS, "none"),
          Optional.of("198.51.100.7"),
          true,
          Optional.empty(),
          Optional.empty());
  private static final PublicKey KEY =
      PublicKey.parse("cache.example.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=");

  private final Queries queries;

  /** One that remembers nothing yet. */
  AskedIndex(ObjectStore state) {
    this.queries = new Queries(ports(state), CACHE);
  }

  private static ReadPorts ports(ObjectStore state) {
    PolicyInForce policy = policy();
    Settings settings = Settings.trusting(List.of(KEY));
    return new ReadPorts(
        new UnreadCache(),
        state,
        () -> policy,
        () -> settings,
        Clock.systemUTC(),
        _ -> {},
        Optional.empty());
  }

  /** The same for the serving function, which takes everybody for nobody in particular. */
  static ServeParts parts(ObjectStore state) {
    return new ServeParts(_ -> new Authenticated(Identity.ANONYMOUS, "none"), ports(state), CACHE);
  }

  private static PolicyInForce policy() {
    try {
      return PolicyInForce.of(PolicyDocument.parse(POLICY));
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is posted to ask for these. */
  static byte[] question(List<StorePathHash> hashes) {
    var json = JsonDocument.object();
    var paths = json.putArray("paths");
    hashes.forEach(hash -> paths.add(hash.nix32()));
    return JsonDocument.write(json);
  }

  /** Those of the paths asked for that are absent. */
  List<String> absent(byte[] question) {
    return absentIn(body(queries.missing(question, ANYONE)));
  }

  /** The same in an answer. */
  static List<String> absentIn(byte[] body) {
    return texts(body, "absent");
  }

  /** How many paths are in the closure of one. */
  long closure(StorePathHash hash) {
    var request = new ReadRequest("GET", CLOSURE + hash, ANYONE);
    return number(body(queries.answer(request, "limit=1").orElseThrow()), "count");
  }

  /** How many paths the first part of a search shows. */
  long search(String text) {
    var request = new ReadRequest("GET", SEARCH, ANYONE);
    return size(body(queries.answer(request, "name=" + text).orElseThrow()), "paths");
  }

  private static byte[] body(Answer answer) {
    if (answer instanceof Answer.Inline inline) {
      return inline.payload().bytes();
    }
    throw new IllegalStateException("answered " + answer);
  }

  private static List<String> texts(byte[] body, String field) {
    try {
      return JsonDocument.parse(body).texts(field, text -> text);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException(new String(body, UTF_8), e);
    }
  }

  private static long number(byte[] body, String field) {
    try {
      return JsonDocument.parse(body).number(field);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException(new String(body, UTF_8), e);
    }
  }

  private static long size(byte[] body, String field) {
    try {
      return JsonDocument.parse(body).objects(field, one -> one).size();
    } catch (MalformedJsonException e) {
      throw new IllegalStateException(new String(body, UTF_8), e);
    }
  }
}
