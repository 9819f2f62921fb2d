package io.narthex.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.cache.read.Answer;
import io.narthex.cache.read.CacheBucket;
import io.narthex.cache.read.ReadPorts;
import io.narthex.cache.read.Reads;
import io.narthex.cache.settings.Settings;
import io.narthex.cache.store.ObjectKey;
import io.narthex.policy.PolicyDocument;
import io.narthex.serve.ServeHandler;
import io.narthex.serve.ServeLog;
import io.narthex.testkit.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One request for a narinfo, as JMH runs it: from the bytes of API Gateway's event to the bytes of
 * the answer, through the function's handler. In place of S3 there is memory; the bucket policy has
 * 20 statements and is parsed already, as in a warm function.
 */
@State(Scope.Benchmark)
public class ServedNarInfo {
  private static final String KEY = "syd87l2rxw8cbsxmxl853h0r6pdwhwjr.narinfo";
  private static final String NAR_INFO = "/fixtures/narinfo/net-tools-1.60.narinfo";
  private static final int STATEMENTS = 20;

  private final byte[] event = event();
  private final ServeHandler handler = new ServeHandler(_ -> reads(), new Silence());

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

  private static byte[] event() {
    Path project = Path.of(System.getProperty("narthex.project", "."));
    try {
      return Files.readAllBytes(project.resolve("events/http/get-narinfo-with-credentials.json"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Reads reads() {
    PolicyDocument policy =
        SamplePolicies.parsed(SamplePolicies.statements(STATEMENTS, SamplePolicies.VERIFIED));
    Settings settings = Settings.trusting(List.of());
    var ports =
        new ReadPorts(
            new OneObject(new ObjectKey(KEY), narInfo()),
            new MemoryStore(Clock.systemUTC()),
            () -> Optional.of(policy),
            () -> settings,
            Clock.systemUTC(),
            _ -> {},
            Optional.empty());
    return new Reads(
        ports, new CacheBucket("arn:aws:s3:::" + SamplePolicies.BUCKET, SamplePolicies.ACCOUNT));
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

  /** Nothing is refused here, and nothing written. */
  private static final class Silence implements ServeLog {
    @Override
    public void denied(String method, String rawPath, Answer refusal, String requestId) {}

    @Override
    public void policyNotUnderstood(String reason) {}

    @Override
    public void notPrimed(String reason) {}
  }
}
