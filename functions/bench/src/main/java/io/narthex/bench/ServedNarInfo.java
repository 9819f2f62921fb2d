package io.narthex.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.aws.log.JsonLog;
import io.narthex.cache.principal.Admittance;
import io.narthex.cache.principal.DoorAuthenticator;
import io.narthex.cache.principal.IssuedToken;
import io.narthex.cache.principal.PrincipalSettings;
import io.narthex.cache.principal.SessionTags;
import io.narthex.cache.principal.StoredPrincipals;
import io.narthex.cache.principal.TokenGrant;
import io.narthex.cache.principal.TokenOrigin;
import io.narthex.cache.principal.Tokens;
import io.narthex.cache.principal.WebTokenSignatures;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.CurrentBucketPolicy;
import io.narthex.cache.read.PolicyAlarm;
import io.narthex.cache.read.PublicAccessSource;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.read.StoredPolicy;
import io.narthex.cache.settings.StoredSettings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.ObjectStore;
import io.narthex.policy.AccountId;
import io.narthex.policy.Principal.IamUser;
import io.narthex.serve.RequestLog;
import io.narthex.serve.ServeHandler;
import io.narthex.serve.ServeParts;
import io.narthex.testkit.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One request for a narinfo, as JMH runs it: from the bytes of API Gateway's event to the bytes of
 * the answer, through the function's handler. The caller sends a token of ours. In place of S3
 * there is memory; the bucket policy has 20 statements. Policy, settings and token are read again
 * each minute, as everywhere.
 */
@State(Scope.Benchmark)
public class ServedNarInfo {
  private static final String KEY = "syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo";
  private static final String NAR_INFO = "/fixtures/narinfo/net-tools-1.60.narinfo";
  private static final int STATEMENTS = 20;

  private final ObjectStore state = new MemoryStore(Clock.systemUTC());
  private final byte[] event = event();
  private final ServeHandler handler =
      new ServeHandler(
          this::parts, new RequestLog(new JsonLog(_ -> {}, Optional.empty(), Clock.systemUTC())));

  /** Fails where the answer is not what is to be measured. */
  @Setup
  public void prepare() throws IOException {
    String reply = reply().toString(UTF_8);
    if (!reply.startsWith("{\"statusCode\":200,") || !reply.contains("StorePath: /nix/store/")) {
      throw new IllegalStateException(reply);
    }
  }

  /** One request. */
  @Benchmark
  public ByteArrayOutputStream reply() throws IOException {
    var reply = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event), reply, new OneInvocation());
    return reply;
  }

  private byte[] event() {
    Path project = Path.of(System.getProperty("narthex.project", "."));
    try {
      return Files.readString(project.resolve("events/http/get-narinfo-with-credentials.json"))
          .replaceFirst("Basic [^\"]*", "Basic " + credentials())
          .getBytes(UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Tokens tokens() {
    return new Tokens(
        state,
        new Admittance(SamplePolicies.ACCOUNT, () -> PrincipalSettings.NONE),
        Clock.systemUTC());
  }

  private String credentials() {
    IssuedToken token =
        tokens()
            .create(
                new TokenGrant(
                    new IamUser(SampleAccess.USER),
                    new SessionTags(Map.of("team", SampleAccess.TEAM)),
                    Optional.empty(),
                    new TokenOrigin.Administrator(),
                    "",
                    TokenGrant.DEFAULT_LIFE));
    String pair = token.token().id() + ":" + token.secret().reveal();
    return Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private ServeParts parts(PolicyAlarm alarm) {
    Clock clock = Clock.systemUTC();
    String policy = SamplePolicies.statements(STATEMENTS, SamplePolicies.OWN);
    var principals = new StoredPrincipals(state, _ -> {}, clock);
    var ports =
        new ReadPorts(
            new OneObject(new ObjectKey(KEY), narInfo()),
            state,
            new CurrentBucketPolicy(
                () -> new StoredPolicy.Text(policy),
                PublicAccessSource.NONE,
                principals,
                alarm,
                clock),
            new StoredSettings(state, clock),
            principals,
            clock,
            _ -> {},
            Optional.empty());
    var bucket =
        new CacheBucket(
            "arn:aws:s3:::" + SamplePolicies.BUCKET, new AccountId(SamplePolicies.ACCOUNT));
    return new ServeParts(
        new DoorAuthenticator(
            tokens(),
            (_, _) -> new WebTokenSignatures.NotGood("no issuers here"),
            principals,
            SamplePolicies.ACCOUNT,
            clock),
        ports,
        bucket);
  }

  private static byte[] narInfo() {
    try (InputStream in = MemoryStore.class.getResourceAsStream(NAR_INFO)) {
      if (in == null) {
        throw new IllegalStateException("no " + NAR_INFO);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
