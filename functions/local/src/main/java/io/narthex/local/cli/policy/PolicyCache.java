package io.narthex.local.cli.policy;

import io.narthex.policy.MalformedPolicyException;
import io.narthex.policy.PolicyDocument;
import java.util.LinkedHashMap;
import java.util.Map;

/** The policies that were read last, by their text: lines of a batch repeat them. */
final class PolicyCache {
  private static final int MAX_POLICIES = 4_096;

  private final Parser parser;
  private final Map<String, PolicyDocument> policies =
      new LinkedHashMap<>(MAX_POLICIES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PolicyDocument> eldest) {
          return size() > MAX_POLICIES;
        }
      };

  PolicyCache(Parser parser) {
    this.parser = parser;
  }

  /** What reads a policy of one kind. */
  interface Parser {
    PolicyDocument parse(String json) throws MalformedPolicyException;
  }

  PolicyDocument policy(String json) throws MalformedPolicyException {
    PolicyDocument known = policies.get(json);
    if (known != null) {
      return known;
    }
    PolicyDocument policy = parser.parse(json);
    policies.put(json, policy);
    return policy;
  }
}
