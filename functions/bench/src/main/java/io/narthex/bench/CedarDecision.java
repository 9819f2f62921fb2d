package io.narthex.bench;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.IpAddress;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One decision of Cedar's, as JMH runs it: on the policies of {@link CedarPolicies}, which are
 * parsed once and kept on Cedar's side, and on a request and entities that are ready as objects of
 * Java. Its Java library hands them to its native one as JSON, each time: that is what a program in
 * Java pays for a decision, and it is in the figure.
 */
@State(Scope.Benchmark)
public class CedarDecision {
  /** As in {@link PolicyDecision}. */
  @Param({"manual", "100"})
  public String policy = "";

  private final AuthorizationEngine engine = new BasicAuthorizationEngine();
  private final AuthorizationRequest request =
      new AuthorizationRequest(
          uid("User", SampleAccess.USER),
          uid("Action", "s3:GetObject"),
          uid("Object", SampleAccess.OBJECT),
          context());
  private final Entities entities = entities();
  private PolicySet policies = new PolicySet();

  /** Parses; and fails where the decision is not what is to be measured. */
  @Setup
  public void prepare() throws IOException, AuthException, CacheException {
    policies = PolicySet.parsePolicies(CedarPolicies.of(PolicyDecision.text(policy)));
    policies.cache();
    AuthorizationResponse response = decision();
    if (!response.success.map(s -> s.isAllowed() && s.getErrors().isEmpty()).orElse(false)) {
      throw new IllegalStateException(policy + ": " + response);
    }
  }

  /** On a request that is ready. */
  @Benchmark
  public AuthorizationResponse decision() throws AuthException {
    return engine.isAuthorized(request, policies, entities);
  }

  private static EntityUID uid(String type, String id) {
    return new EntityUID(EntityTypeName.parse(type).orElseThrow(), id);
  }

  // Only what some policy looks at: the other keys of the sample request would be for nothing here.
  private static Map<String, Value> context() {
    var context = new HashMap<String, Value>();
    context.put("aws:sourceip", new IpAddress(SampleAccess.SOURCE_IP));
    context.put("aws:useragent", new PrimString(SampleAccess.USER_AGENT));
    context.put("s3:existingobjecttag/nix-verdict", new PrimString("verified"));
    context.put("s3:existingobjecttag/team", new PrimString(SampleAccess.TEAM));
    context.put("s3:existingobjecttag/closed-to", new PrimString(SampleAccess.CLOSED_TO));
    return context;
  }

  private static Entities entities() {
    EntityUID account = uid("Account", SamplePolicies.ACCOUNT);
    EntityUID actions = uid("Action", "s3:Get*");
    return new Entities(
        Set.of(
            new Entity(
                uid("User", SampleAccess.USER),
                Map.of(
                    "arn",
                    new PrimString(SampleAccess.USER),
                    "team",
                    new PrimString(SampleAccess.TEAM)),
                Set.of(account)),
            new Entity(account),
            new Entity(
                uid("Object", SampleAccess.OBJECT),
                Map.of("arn", new PrimString(SampleAccess.OBJECT)),
                Set.of()),
            new Entity(uid("Action", "s3:GetObject"), Set.of(actions)),
            new Entity(actions)));
  }
}
