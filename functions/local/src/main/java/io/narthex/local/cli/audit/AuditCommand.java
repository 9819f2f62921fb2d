package io.narthex.local.cli.audit;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.narthex.aws.upstream.HttpUpstreams;
import io.narthex.cache.audit.AuditOptions;
import io.narthex.cache.audit.Patience;
import io.narthex.cache.audit.StopSignal;
import io.narthex.cache.settings.ClosureMode;
import io.narthex.cache.settings.Settings;
import io.narthex.local.audit.AuditFor;
import io.narthex.local.audit.AuditSource;
import io.narthex.local.audit.CacheUrl;
import io.narthex.local.audit.FileScratch;
import io.narthex.local.audit.NetrcLogins;
import io.narthex.local.audit.signature.BulkEd25519;
import io.narthex.local.cli.RulesOption;
import io.narthex.local.cli.StackOption;
import io.narthex.local.cli.UpstreamOption;
import io.narthex.local.cli.login.NixConfig;
import io.narthex.nix.path.StoreDir;
import io.narthex.nix.signature.PublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code narthex audit}: verifies a cache that already exists, and says what is wrong with it. */
@Command(
    name = "audit",
    description = "Verifies a whole binary cache, whoever made it, and says what is wrong with it.",
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = 2)
public final class AuditCommand implements Callable<Integer> {
  /** No archive is too large for an audit: what is there is to be read. */
  private static final long MAX_NAR_SIZE = 1L << 50;

  private static final long MEMORY_A_JOB = 160L << 20;

  /** How long what is being asked for is waited for after Ctrl-C; a state is on disk already. */
  private static final Duration STOP = Duration.ofSeconds(40);

  @Parameters(
      paramLabel = "CACHE",
      arity = "0..1",
      description = "file:///dir, s3://bucket[/prefix]?… or https://…; not with --stack.")
  private String cache = "";

  @Mixin private final StackOption stack = new StackOption();

  @ArgGroup private SelectionOption selection = new SelectionOption();

  @Option(names = "--quick", description = "Read narinfos only, and look whether NARs are there.")
  private boolean quick;

  @Option(
      names = "--trusted-public-key",
      paramLabel = "NAME:KEY",
      description =
          "Trust this key; repeatable (default: those that Nix here trusts, or cache.nixos.org-1).")
  private List<String> trustedPublicKeys = new ArrayList<>();

  @Mixin private final RulesOption rules = new RulesOption();

  @Option(
      names = "--store-dir",
      paramLabel = "DIR",
      defaultValue = "/nix/store",
      description = "The store directory of the cache (default: ${DEFAULT-VALUE}).")
  private String storeDir = "";

  @ArgGroup(exclusive = false, multiplicity = "0..*")
  private List<UpstreamOption> upstreams = new ArrayList<>();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many NARs are decoded at a time (default: one a processor).")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--max-memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "What decoding may take together, e.g. 512M (default: 160M a job).")
  private Optional<Size> maxMemory = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "Keep here what was read, and do not read again what has not changed.")
  private Optional<Path> state = Optional.empty();

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Where what is known of paths is kept meanwhile, 2 KB a path (default: ${DEFAULT-VALUE}).")
  private Path scratch = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));

  @Mixin private final ResultOption result = new ResultOption();

  @Override
  public Integer call() {
    StopSignal stop = new StopSignal();
    var code = new CompletableFuture<Integer>();
    var others = new HttpUpstreams();
    Thread hook = new Thread(() -> end(stop, others, code), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (others) {
      code.complete(run(stop, others));
    } catch (UncheckedIOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("the report cannot be written", e);
    } catch (OutOfMemoryError | InternalError e) {
      // The second is what a full disk is to mapped memory.
      throw new IllegalStateException("no memory, or no room in " + scratch, e);
    } finally {
      code.complete(2);
      forget(hook);
    }
    return code.join();
  }

  /** If the process ends already, the hook does the rest. */
  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LockSupport.park();
    }
  }

  /**
   * Runs when the process is told to stop: the main thread keeps what it has, and says how it went.
   */
  private static void end(StopSignal stop, HttpUpstreams others, CompletableFuture<Integer> code) {
    stop.request();
    System.err.println("narthex: stopping");
    others.close();
    Runtime.getRuntime().halt(code.completeOnTimeout(2, STOP.toSeconds(), SECONDS).join());
  }

  private int run(StopSignal stop, HttpUpstreams others) throws IOException {
    return stack.isGiven() ? runForStack(stop, others) : runOfCache(stop, others);
  }

  private int runOfCache(StopSignal stop, HttpUpstreams others) throws IOException {
    if (cache.isEmpty()) {
      throw new IllegalArgumentException("of which cache? Say its URL, or --stack");
    }
    result.check(quick, cache);
    NixConfig nix = new NixConfig(System.getenv());
    Settings settings = settings(nix);
    try (AuditSource source = CacheUrl.open(cache, new NetrcLogins(nix))) {
      return run(source, settings, Optional.empty(), stop, others);
    }
  }

  /** Reads for a stack what its function has no time for, under that stack's settings. */
  private int runForStack(StopSignal stop, HttpUpstreams others) throws IOException {
    boolean hasOwn = !cache.isEmpty() || !trustedPublicKeys.isEmpty() || !upstreams.isEmpty();
    if (hasOwn || quick || state.isPresent() || result.applies()) {
      throw new IllegalArgumentException(
          "--stack has a cache and settings, and reads all: no CACHE, --trusted-public-key,"
              + " --upstream, --quick, --state or --apply goes with it");
    }
    AuditFor awaited = new AuditFor(stack.deployed().orElseThrow());
    try (AuditSource source = awaited.source()) {
      return run(source, awaited.settings(), Optional.of(awaited), stop, others);
    }
  }

  private int run(
      AuditSource source,
      Settings settings,
      Optional<AuditFor> awaited,
      StopSignal stop,
      HttpUpstreams others)
      throws IOException {
    try (FileScratch kept = FileScratch.in(scratch)) {
      AuditOptions options = options(settings, source, awaited.isPresent(), stop);
      return new AuditRunner(source, options, selection, state, result, others, awaited)
          .run(kept, stop);
    }
  }

  private AuditOptions options(
      Settings settings, AuditSource source, boolean isForStack, StopSignal stop) {
    return new AuditOptions(
        settings,
        quick,
        isForStack || selection.isPartial() || !source.cache().isListable(),
        selection.isNamed(),
        jobs,
        maxMemory.map(Size::bytes).orElse(jobs * MEMORY_A_JOB),
        new Patience(5, Duration.ofMillis(250), pause -> pause(pause, stop)),
        new BulkEd25519());
  }

  private static void pause(Duration pause, StopSignal stop) {
    stop.check();
    LockSupport.parkNanos(pause.toNanos());
    stop.check();
  }

  private Settings settings(NixConfig nix) {
    List<String> keys =
        trustedPublicKeys.isEmpty() ? nix.trustedPublicKeys() : List.copyOf(trustedPublicKeys);
    return new Settings(
        new StoreDir(storeDir),
        keys.stream().map(PublicKey::parse).toList(),
        rules.requiredSignatures(),
        ClosureMode.STRICT,
        rules.undeclared(),
        upstreams.stream().map(UpstreamOption::upstream).toList(),
        MAX_NAR_SIZE,
        Duration.ZERO,
        Settings.DEFAULT_PRIORITY,
        Duration.ZERO);
  }
}
