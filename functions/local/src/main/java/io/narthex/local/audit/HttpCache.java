package io.narthex.local.audit;

import static java.util.Objects.requireNonNull;

import io.narthex.cache.audit.AuditedCache;
import io.narthex.cache.store.ETag;
import io.narthex.cache.store.ObjectContent;
import io.narthex.cache.store.ObjectKey;
import io.narthex.cache.store.StoreException;
import io.narthex.cache.store.StoredObject;
import io.narthex.cache.store.VersionId;
import io.narthex.nix.path.StorePathHash;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cache behind a URL. It cannot be listed. That next to nothing came for a while is a failure,
 * and so is an answer that says neither 200 nor that there is nothing: also 403, which some caches
 * say for both.
 */
public final class HttpCache implements AuditedCache {
  private static final int REQUESTS = 32;
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final int MAX_REDIRECTS = 5;

  private final URI base;
  private final Optional<String> authorization;
  private final Duration silence;

  /**
   * @param base ends in a slash
   * @param authorization the value of the header; a secret
   */
  public HttpCache(URI base, Optional<String> authorization) {
    this(base, authorization, SILENCE);
  }

  /**
   * @param silence how long next to nothing may come before it is a failure
   */
  public HttpCache(URI base, Optional<String> authorization, Duration silence) {
    this.base = requireNonNull(base, "base is null");
    this.authorization = requireNonNull(authorization, "authorization is null");
    this.silence = requireNonNull(silence, "silence is null");
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    try {
      Optional<HttpURLConnection> found = ask("HEAD", key);
      return found.isEmpty() ? Optional.empty() : Optional.of(stored(key, found.get()));
    } catch (IOException e) {
      throw new StoreException("HEAD " + base + key, e);
    }
  }

  @Override
  public Optional<ObjectContent> open(ObjectKey key) {
    try {
      Optional<HttpURLConnection> found = ask("GET", key);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      HttpURLConnection connection = found.get();
      return Optional.of(
          new ObjectContent(
              stored(key, connection),
              new HttpBytes(
                  requireNonNull(connection.getInputStream()),
                  silence,
                  connection.getContentLengthLong(),
                  connection::disconnect)));
    } catch (IOException e) {
      throw new StoreException("GET " + base + key, e);
    }
  }

  @Override
  public boolean isListable() {
    return false;
  }

  @Override
  public void list(Consumer<StorePathHash> each) {
    throw new StoreException("listing " + base + ": a cache behind HTTP cannot be listed");
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public boolean tellsSizes() {
    return false;
  }

  @Override
  public int requestsAtOnce() {
    return REQUESTS;
  }

  /** The answer to a request that found something. */
  private Optional<HttpURLConnection> ask(String method, ObjectKey key) throws IOException {
    URI at = base.resolve(key.value());
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpURLConnection connection = connection(method, at);
      int status = connection.getResponseCode();
      switch (status) {
        case 200 -> {
          return Optional.of(connection);
        }
        case 404, 410 -> {
          drain(connection);
          return Optional.empty();
        }
        case 301, 302, 303, 307, 308 -> {
          drain(connection);
          at = redirected(at, connection.getHeaderField("Location"));
        }
        default -> {
          drain(connection);
          throw new IOException("status " + status);
        }
      }
    }
    throw new IOException("more than " + MAX_REDIRECTS + " redirects");
  }

  private static URI redirected(URI from, @Nullable String location) throws IOException {
    if (location == null) {
      throw new IOException("a redirect to nowhere");
    }
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("a redirect to no URL", e);
    }
    boolean isSafe = "https".equals(to.getScheme()) || from.getScheme().equals(to.getScheme());
    if (to.getHost() == null || !isSafe) {
      throw new IOException("a redirect to " + to.getScheme());
    }
    return to;
  }

  private HttpURLConnection connection(String method, URI at) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) CONNECT.toMillis());
    connection.setReadTimeout((int) silence.toMillis());
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (String.valueOf(at.getRawAuthority()).equals(base.getRawAuthority())) {
      authorization.ifPresent(value -> connection.setRequestProperty("Authorization", value));
    }
    return connection;
  }

  /** Reads what little an error says, so that the connection can be used again. */
  private void drain(HttpURLConnection connection) throws IOException {
    InputStream error = connection.getErrorStream();
    if (error != null) {
      try (var body = new HttpBytes(error, silence, -1, connection::disconnect)) {
        body.readNBytes(1 << 16);
      }
    }
  }

  private static StoredObject stored(ObjectKey key, HttpURLConnection connection) {
    long length = connection.getContentLengthLong();
    long modified = connection.getLastModified();
    String etag = Optional.ofNullable(connection.getHeaderField("ETag")).orElse("");
    String plain = etag.startsWith("W/") ? "" : etag.replace("\"", "").strip();
    return new StoredObject(
        key,
        VersionId.UNVERSIONED,
        etag(plain, modified, length),
        Math.max(length, 0),
        Instant.ofEpochMilli(modified),
        Optional.ofNullable(connection.getContentType()),
        encoding(connection.getContentEncoding()));
  }

  private static ETag etag(String strong, long modified, long length) {
    if (strong.isEmpty()) {
      return modified == 0 ? UNTOLD : new ETag(modified + "-" + length);
    }
    return new ETag(strong);
  }

  private static Optional<String> encoding(@Nullable String encoding) {
    return Optional.ofNullable(encoding).filter(text -> !text.equalsIgnoreCase("identity"));
  }
}
