package io.narthex.local.cli;

import io.narthex.cache.settings.Audience;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.TrustMode;
import io.narthex.local.endpoint.ExternalStore;
import io.narthex.local.host.HostOptions;
import io.narthex.local.host.LocalHost;
import io.narthex.local.host.OutcomeJson;
import io.narthex.local.host.OutcomeLines;
import io.narthex.local.host.OutcomeView;
import io.narthex.local.http.HostNames;
import io.narthex.nix.codec.Decoders;
import io.narthex.nix.signature.PublicKey;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code narthex up}: runs the cache on this machine until it is told to stop. */
@Command(
    name = "up",
    description = "Runs the cache on this machine: S3 endpoint, functions, cache URL.",
    mixinStandardHelpOptions = true)
final class Up implements Callable<Integer> {
  private static final String CACHE_NIXOS_ORG =
      "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=";

  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = "--bucket",
      defaultValue = "example-nix-cache",
      description = "Name of the cache bucket (default: ${DEFAULT-VALUE}).")
  private String bucket = "";

  @Option(
      names = "--s3-port",
      defaultValue = "9000",
      description = "Port of the S3 endpoint, 0 for any (default: ${DEFAULT-VALUE}).")
  private int s3Port;

  @Option(
      names = "--http-port",
      defaultValue = "8080",
      description = "Port of the cache URL, 0 for any (default: ${DEFAULT-VALUE}).")
  private int httpPort;

  @Option(
      names = "--trusted-public-key",
      paramLabel = "NAME:KEY",
      description = "Also trust this key; repeatable (default: cache.nixos.org-1).")
  private List<String> trustedPublicKeys = new ArrayList<>();

  @Mixin private final RulesOption rules = new RulesOption();

  @Option(
      names = "--closure",
      defaultValue = "strict",
      description = "Missing references: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ClosureMode closure = ClosureMode.STRICT;

  @ArgGroup(exclusive = false, multiplicity = "0..*")
  private List<UpstreamOption> upstreams = new ArrayList<>();

  @Option(
      names = "--read-wait",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long a read right after an upload waits (default: ${DEFAULT-VALUE}).")
  private int readWait;

  @Option(
      names = "--sign-with",
      paramLabel = "FILE",
      description = "Sign what was verified with this secret key (default: do not sign).")
  private Optional<Path> signWith = Optional.empty();

  @Option(
      names = "--trust",
      defaultValue = "signatures",
      description =
          "Who vouches for uploads: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private TrustMode trust = TrustMode.SIGNATURES;

  @Option(
      names = "--audience",
      paramLabel = "NAME=KEYNAME",
      description =
          "What the trusted key KEYNAME has signed is tagged nix-for-NAME=yes; repeatable.")
  private List<String> audiences = new ArrayList<>();

  @Option(
      names = "--host-name",
      paramLabel = "NAME",
      description =
          "Also answer requests for this host, such as a proxy's; repeatable (default: loopback).")
  private List<String> hostNames = new ArrayList<>();

  @Mixin private final EndpointOption external = new EndpointOption();

  @Option(names = "--json", description = "One JSON object an outcome.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    var stop = new CountDownLatch(1);
    var served = new CompletableFuture<Boolean>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(stop, served), "stop"));
    try {
      serve(stop);
      served.complete(true);
    } finally {
      served.complete(false);
    }
    return 0;
  }

  private void serve(CountDownLatch stop) throws InterruptedException {
    PrintStream out = System.out;
    try (LocalHost host = host(view(out))) {
      host.notices().forEach(notice -> (json ? System.err : out).println("narthex: " + notice));
      (json ? System.err : out).println("narthex: xz is decoded by " + Decoders.xzLibrary());
      if (!json) {
        Welcome.print(out, host, bucket, external.isGiven());
      }
      stop.await();
    }
  }

  private LocalHost host(OutcomeView view) {
    Optional<ExternalStore> store = external.store(bucket);
    return store.isEmpty()
        ? LocalHost.start(options(), view)
        : LocalHost.start(options(), store.get(), view);
  }

  /**
   * Runs when the process is told to stop: lets the main thread finish, which is success. It also
   * runs when the main thread ends by itself, which is not.
   */
  private static void drain(CountDownLatch stop, CompletableFuture<Boolean> served) {
    stop.countDown();
    if (served.join()) {
      Runtime.getRuntime().halt(0);
    }
  }

  private HostOptions options() {
    List<String> keys = trustedPublicKeys.isEmpty() ? List.of(CACHE_NIXOS_ORG) : trustedPublicKeys;
    return new HostOptions(
        data.data(),
        bucket,
        s3Port,
        httpPort,
        keys.stream().map(PublicKey::parse).toList(),
        rules.requiredSignatures(),
        closure,
        rules.undeclared(),
        upstreams.stream().map(UpstreamOption::upstream).toList(),
        Duration.ofSeconds(readWait),
        trust,
        signWith.map(SecretKeyFile::read),
        audiences.stream().map(Audience::parse).toList(),
        HostNames.LOOPBACK.and(hostNames));
  }

  private OutcomeView view(PrintStream out) {
    return json ? new OutcomeJson(out) : new OutcomeLines(out, Terminal.isThere());
  }
}
