package io.narthex.local.audit;

import io.narthex.aws.s3.S3Access;
import io.narthex.aws.s3.S3Clients;
import io.narthex.aws.s3.S3VersionedStore;
import io.narthex.cache.audit.StoreCache;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Opens a cache by its URL, as Nix writes it.
 *
 * @see <a
 *     href="https://nix.dev/manual/nix/latest/store/types/s3-binary-cache-store">s3-binary-cache-store</a>
 */
public final class CacheUrl {
  /** How many requests a bucket gets at a time. */
  static final int S3_REQUESTS = 32;

  private static final String KEPT_CONNECTIONS = "http.maxConnections";
  private static final String REGION = "us-east-1";
  private static final Set<String> PARAMETERS =
      Set.of("region", "endpoint", "profile", "scheme", "addressing-style");

  private CacheUrl() {}

  /**
   * Opens it; the caller closes it.
   *
   * @throws IllegalArgumentException if it is no URL of a cache that can be audited
   */
  public static AuditSource open(String url, Logins logins) {
    URI uri = URI.create(url);
    // Otherwise the JDK keeps five connections to a host, and makes all others anew.
    if (System.getProperty(KEPT_CONNECTIONS) == null) {
      System.setProperty(KEPT_CONNECTIONS, Integer.toString(2 * S3_REQUESTS));
    }
    return switch (String.valueOf(uri.getScheme())) {
      case "file" -> directory(uri);
      case "s3" -> bucket(uri);
      case "http", "https" -> http(uri, logins);
      default ->
          throw new IllegalArgumentException(
              "a cache is file://, s3://, http:// or https://, not " + uri.getScheme() + "://");
    };
  }

  private static AuditSource directory(URI uri) {
    Path directory = Path.of(String.valueOf(uri.getPath()));
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException("no directory: " + directory);
    }
    return new AuditSource(
        new DirectoryCache(directory), "file://" + directory, Optional.empty(), "", () -> {});
  }

  private static AuditSource http(URI uri, Logins logins) {
    if (String.valueOf(uri.getRawAuthority()).contains("@")) {
      throw new IllegalArgumentException("credentials belong into a netrc file, not into a URL");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("no host in " + uri);
    }
    URI base = URI.create(uri.toString().replaceAll("[?#].*", "").replaceAll("/+$", "") + "/");
    return new AuditSource(
        new HttpCache(base, logins.of(base)), base.toString(), Optional.empty(), "", () -> {});
  }

  private static AuditSource bucket(URI uri) {
    String bucket = String.valueOf(uri.getRawAuthority());
    Map<String, String> parameters = parameters(String.valueOf(uri.getRawQuery()));
    String path = String.valueOf(uri.getPath()).replaceAll("^/+|/+$", "");
    String prefix = path.isEmpty() ? "" : path + "/";
    S3Access access = access(bucket, parameters);
    S3Client client = S3Clients.client(access);
    S3VersionedStore store = new S3VersionedStore(client, bucket);
    return new AuditSource(
        new StoreCache(store, prefix, S3_REQUESTS),
        "s3://" + bucket + (path.isEmpty() ? "" : "/" + path) + endpoint(access),
        Optional.of(store),
        prefix,
        client::close);
  }

  /** What tells two buckets of one name apart, without credentials. */
  private static String endpoint(S3Access access) {
    return access
        .endpoint()
        .map(uri -> "?endpoint=" + uri.getScheme() + "://" + uri.getRawAuthority())
        .map(text -> text.replaceAll("//[^/]*@", "//"))
        .orElse("");
  }

  static S3Access access(String bucket, Map<String, String> parameters) {
    String scheme = parameters.getOrDefault("scheme", "https");
    Optional<URI> endpoint =
        Optional.ofNullable(parameters.get("endpoint"))
            .map(text -> text.contains("://") ? text : scheme + "://" + text)
            .map(text -> URI.create(text.replaceAll("/+$", "")));
    boolean isPathStyle =
        switch (parameters.getOrDefault("addressing-style", "auto")) {
          case "path" -> true;
          case "virtual" -> false;
          case "auto" -> endpoint.isPresent() || bucket.contains(".");
          default ->
              throw new IllegalArgumentException("addressing-style is auto, path or virtual");
        };
    return new S3Access(
        parameters.getOrDefault("region", REGION),
        endpoint,
        Optional.empty(),
        Optional.ofNullable(parameters.get("profile")),
        isPathStyle);
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query.equals("null")) {
      return parameters;
    }
    for (String parameter : query.split("&", -1)) {
      String[] halves = parameter.split("=", 2);
      if (halves.length == 2 && PARAMETERS.contains(halves[0])) {
        parameters.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
      } else if (!parameter.isEmpty()) {
        throw new IllegalArgumentException("a parameter that an audit does not know: " + parameter);
      }
    }
    return parameters;
  }
}
