package io.narthex.cache.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.narthex.cache.layout.CachePath.NarInfoPath;
import io.narthex.cache.principal.Authentication.Authenticated;
import io.narthex.cache.principal.Identity;
import io.narthex.cache.principal.PrincipalText;
import io.narthex.cache.read.Answer;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.Caller;
import io.narthex.cache.read.PolicyInForce;
import io.narthex.cache.read.Queries;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.read.ReadRequest;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.Tags;
import io.narthex.cache.store.VersionId;
import io.narthex.cache.verdict.VerdictTag;
import io.narthex.nix.hash.Nix32;
import io.narthex.nix.path.StorePath;
import io.narthex.nix.path.StorePathHash;
import io.narthex.nix.path.StorePathName;
import io.narthex.nix.signature.PublicKey;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import io.narthex.testkit.VerifiedMemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cache of narinfos with an index, and questions about it. */
public final class QueriedCache {
  /** Everyone may read what is verified. */
  public static final String PUBLIC = allowing("\"nix-cache/*\"", "");

  /** Everyone may read what is verified and has the tag {@code audience=public}. */
  public static final String BY_AUDIENCE =
      allowing("\"nix-cache/*\"", ",\"s3:ExistingObjectTag/audience\":\"public\"");

  /** Everyone may list the bucket. */
  public static final String LISTABLE =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":"*","Action":"s3:ListBucket",
         "Resource":"arn:aws:s3:::nix-cache"}]}
      """;

  public static final Caller ANYONE = caller(Identity.ANONYMOUS);

  private static final ObjectMapper JSON = new ObjectMapper();

  public final MovableClock clock = new MovableClock();
  public final MemoryStore bucket = new MemoryStore(clock);
  public final MemoryStore state = new MemoryStore(clock);
  private final Random random = new Random(11);
  private final Settings settings =
      Settings.trusting(
          List.of(
              PublicKey.parse("cache.example.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=")));
  private PolicyInForce policy = policy(PUBLIC);
  private Queries queries = queries();

  /** A policy that allows everyone to read these keys under one more condition. */
  public static String allowing(String resources, String condition) {
    return """
        {"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
           "Resource":[%s],
           "Condition":{"StringEquals":{"s3:ExistingObjectTag/nix-verdict":"verified"%s}}}]}
        """
        .formatted(resources.replace("\"nix-cache", "\"arn:aws:s3:::nix-cache"), condition);
  }

  public static Caller caller(String arn) {
    return caller(
        new Identity(PrincipalText.parse(arn), Map.of(), Optional.empty(), Optional.empty()));
  }

  private static Caller caller(Identity identity) {
    return new Caller(
        new Authenticated(identity, "credentials"),
        Optional.of("198.51.100.7"),
        true,
        Optional.empty(),
        Optional.empty());
  }

  private static PolicyInForce policy(String json) {
    try {
      return PolicyInForce.of(PolicyDocument.parse(json));
    } catch (MalformedPolicyException e) {
      throw new AssertionError(e);
    }
  }

  /** From now on by this policy. */
  public void governedBy(String json) {
    policy = policy(json);
  }

  private Queries queries() {
    return new Queries(
        new ReadPorts(
            new VerifiedMemoryStore(bucket),
            state,
            () -> policy,
            () -> settings,
            clock,
            _ -> {},
            Optional.empty()),
        new CacheBucket("arn:aws:s3:::nix-cache", new AccountId("111122223333")));
  }

  /** A store path that nothing lies under yet. */
  public StorePath path(String name) {
    String hash =
        random
            .ints(StorePathHash.LENGTH, 0, Nix32.ALPHABET.length())
            .mapToObj(digit -> String.valueOf(Nix32.ALPHABET.charAt(digit)))
            .collect(Collectors.joining());
    return new StorePath(new StorePathHash(hash), new StorePathName(name));
  }

  /** A verified path of this NAR size, and half of that as a file. */
  public StorePath add(String name, long narSize, StorePath... references) {
    StorePath path = path(name);
    upload(path, narSize, VerdictTag.VERIFIED, references);
    return path;
  }

  /** Uploads the narinfo of a path that has this verdict. */
  public void upload(StorePath path, long narSize, VerdictTag verdict, StorePath... references) {
    NarInfoPath narInfo = new NarInfoPath(path.hash());
    VersionId version =
        bucket.upload(
            narInfo.key().value(),
            """
            StorePath: /nix/store/%s
            URL: nar/%s.nar.xz
            Compression: xz
            FileSize: %d
            NarHash: sha256:0000000000000000000000000000000000000000000000000000
            NarSize: %d
            References: %s
            Sig: cache.example.org-1:c2ln
            """
                .formatted(
                    path,
                    path.hash(),
                    narSize / 2,
                    narSize,
                    Stream.of(references)
                        .sorted()
                        .map(StorePath::toString)
                        .collect(Collectors.joining(" ")))
                .getBytes(UTF_8));
    bucket.tag(narInfo.key(), version, verdict.on(Tags.NONE));
  }

  /** Puts one more tag on the narinfo of a path. */
  public void tag(StorePath path, String key, String value) {
    NarInfoPath narInfo = new NarInfoPath(path.hash());
    var tagged = bucket.tags(narInfo.key()).orElseThrow();
    bucket.tag(narInfo.key(), tagged.version(), tagged.tags().with(key, value));
  }

  /** Builds the index anew, at this depth. */
  public Generation build(int depth) {
    Rebuild rebuild = rebuild();
    Generation generation = rebuild.begin(depth);
    rebuild.pieces(generation).forEach(piece -> rebuild.build(generation, piece));
    rebuild.partitions(generation).forEach(partition -> rebuild.sort(generation, partition));
    rebuild.finish(generation);
    queries = queries();
    state.forgetRequests();
    return generation;
  }

  Rebuild rebuild() {
    return new Rebuild(
        bucket, state, new Retries(_ -> {}, random::nextLong), clock, new Parallel(1));
  }

  /** Tells the index of a path. */
  public void look(StorePath path) {
    look(List.of(path));
  }

  /** Tells the index of paths. */
  public void look(List<StorePath> paths) {
    new IndexUpdate(bucket, state, new Retries(_ -> {}, random::nextLong))
        .look(paths.stream().map(StorePath::hash).toList());
  }

  /** What anyone is answered. */
  public Answer ask(String path, String query) {
    return ask(path, query, ANYONE);
  }

  public Answer ask(String path, String query, Caller caller) {
    return queries.answer(new ReadRequest("GET", path, caller), query).orElseThrow();
  }

  /** What anyone is answered who asks which of some paths are missing. */
  public Answer missing(byte[] question) {
    return queries.missing(question, ANYONE);
  }

  /** The JSON that anyone is answered. */
  public JsonNode json(String path, String query) {
    return json(ask(path, query));
  }

  public static JsonNode json(Answer answer) {
    if (!(answer instanceof Answer.Inline(_, var payload))) {
      throw new AssertionError(answer);
    }
    try {
      return JSON.readTree(payload.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts of an array, or those of a field of the objects in it. */
  public static List<String> texts(JsonNode array, String field) {
    return array
        .valueStream()
        .map(one -> one.isObject() ? one.path(field).textValue() : one.textValue())
        .toList();
  }
}
