package io.narthex.local.host;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.PublicAccessSource.Restriction;
import io.narthex.policy.AccountId;
import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.NamedPolicy;
import io.narthex.policy.PolicyDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The policy of a cache bucket as a host finds it, with what else its decisions come from; as JSON
 * between the host and the command line.
 *
 * @param json the policy's text; empty if the bucket has none
 * @param publicAccess what Block Public Access does for the bucket
 * @param caller what is known of the principal that was asked about
 */
public record FoundPolicy(
    CacheBucket bucket,
    Optional<String> json,
    Restriction publicAccess,
    Optional<FoundCaller> caller) {
  private static final String BUCKET = "bucket";
  private static final String ACCOUNT = "account";
  private static final String POLICY = "policy";
  private static final String PUBLIC_ACCESS = "restrictsPublicBuckets";
  private static final String CALLER = "caller";
  private static final String USER_ID = "userId";
  private static final String TAGS = "tags";
  private static final String KEY = "key";
  private static final String VALUE = "value";
  private static final String POLICIES = "policies";
  private static final String NAME = "name";

  public FoundPolicy {
    requireNonNull(bucket, "bucket is null");
    requireNonNull(json, "json is null");
    requireNonNull(publicAccess, "publicAccess is null");
    requireNonNull(caller, "caller is null");
  }

  /** Writes it. */
  byte[] write() {
    ObjectNode node =
        JsonDocument.object()
            .put(BUCKET, bucket.arn())
            .put(ACCOUNT, bucket.account().digits())
            .put(PUBLIC_ACCESS, publicAccess.name());
    json.ifPresent(text -> node.put(POLICY, text));
    caller.ifPresent(known -> write(known, node.putObject(CALLER)));
    return JsonDocument.write(node);
  }

  private static void write(FoundCaller caller, ObjectNode node) {
    node.put(USER_ID, caller.userId());
    var tags = node.putArray(TAGS);
    new TreeMap<>(caller.tags())
        .forEach((key, value) -> tags.addObject().put(KEY, key).put(VALUE, value));
    var policies = node.putArray(POLICIES);
    caller
        .policies()
        .forEach(
            policy ->
                policies.addObject().put(NAME, policy.name()).put(POLICY, policy.policy().write()));
  }

  /** Reads one. */
  public static FoundPolicy parse(byte[] json) throws MalformedJsonException {
    JsonDocument document = JsonDocument.parse(json);
    return new FoundPolicy(
        new CacheBucket(document.text(BUCKET), document.text(ACCOUNT, AccountId::new)),
        document.optionalText(POLICY, text -> text),
        document.text(PUBLIC_ACCESS, Restriction::valueOf),
        document.optionalObject(CALLER, FoundPolicy::caller));
  }

  private static FoundCaller caller(JsonDocument json) throws MalformedJsonException {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Map.Entry<String, String> tag :
        json.objects(TAGS, t -> Map.entry(t.text(KEY), t.text(VALUE)))) {
      tags.put(tag.getKey(), tag.getValue());
    }
    List<NamedPolicy> policies =
        json.objects(
            POLICIES,
            p -> new NamedPolicy(p.text(NAME), p.text(POLICY, FoundPolicy::identityPolicy)));
    return new FoundCaller(json.text(USER_ID), tags, policies);
  }

  private static PolicyDocument identityPolicy(String json) {
    try {
      return PolicyDocument.parseIdentityPolicy(json);
    } catch (MalformedPolicyException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
