package io.narthex.local.deployed;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A function as Lambda runs it: its zip unpacked, a Java of its own, the runtime interface client,
 * and no environment but what it is given.
 */
final class FunctionProcess implements AutoCloseable {
  private static final Path CLIENT = Path.of("target", "runtime-interface-client");
  private static final String NATIVE_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private final RuntimeApi api;
  private final Process process;
  private final Path log;

  private FunctionProcess(RuntimeApi api, Process process, Path log) {
    this.api = api;
    this.process = process;
    this.log = log;
  }

  /** Unpacks and starts it under a directory; the variables are the template's. */
  static FunctionProcess start(
      DeployedFunction function, Path directory, Map<String, String> variables) throws IOException {
    Path task = directory.resolve(function.name());
    unpack(function.zip(), task);
    Path log = directory.resolve(function + ".log");
    RuntimeApi api = RuntimeApi.start();
    var builder =
        new ProcessBuilder(command(function, task, nativeClient(directory)))
            .directory(task.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(variables);
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function);
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "test");
    return new FunctionProcess(api, builder.start(), log);
  }

  private static List<String> command(DeployedFunction function, Path task, Path nativeClient) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        // Where org.crac finds who takes snapshots.
        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
        "-D" + NATIVE_CLIENT + "=" + nativeClient,
        "-cp",
        String.join(
            File.pathSeparator,
            List.of(task.toString(), task + "/lib/*", CLIENT.toAbsolutePath() + "/*")),
        MAIN,
        function.handler() + "::handleRequest");
  }

  // Left alone it goes to one place in /tmp, where processes that start together trip each other.
  private static Path nativeClient(Path directory) throws IOException {
    String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    Path library = directory.resolve("libaws-lambda-jni.so");
    try (var jars = Files.newDirectoryStream(CLIENT, "*-runtime-interface-client-*.jar");
        var jar = new ZipFile(jars.iterator().next().toFile())) {
      ZipEntry entry = jar.getEntry("jni/libaws-lambda-jni.linux-" + machine + ".so");
      if (Files.notExists(library)) {
        Files.copy(jar.getInputStream(entry), library);
      }
    }
    return library;
  }

  private static void unpack(Path zip, Path directory) throws IOException {
    try (var archive = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : archive.stream().toList()) {
        Path target = directory.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.copy(archive.getInputStream(entry), target);
        }
      }
    }
  }

  /** Gives it an event, and waits for what comes of it; the death of the process is a failure. */
  RuntimeApi.Outcome invoke(String event) throws InterruptedException, IOException {
    CompletableFuture<RuntimeApi.Outcome> dead =
        process.onExit().thenApply(p -> new RuntimeApi.Failed("exit " + p.exitValue()));
    try {
      return api.invoke(event).applyToEither(dead, outcome -> outcome).get(2, MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(log(), e);
    }
  }

  /** What it has printed so far. */
  String log() throws IOException {
    return Files.readString(log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    var _ = process.destroyForcibly().onExit().join();
    api.close();
  }
}
