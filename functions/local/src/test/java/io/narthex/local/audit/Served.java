package io.narthex.local.audit;

import io.narthex.aws.s3.S3ObjectStore;
import io.narthex.cache.audit.AuditedCache;
import io.narthex.cache.audit.StoreCache;
import io.narthex.local.audit.faults.FaultPlan;
import io.narthex.local.audit.faults.FaultyServer;
import io.narthex.testkit.planted.PlantedCache;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A planted cache on a server whose answers a plan spoils, and the ways to read it. */
final class Served implements AutoCloseable {
  /** After which a client gives up; loaded machines are slow. */
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private static final int REQUESTS = 16;

  private final FaultyServer server;
  private final S3Client s3;

  Served(PlantedCache cache, FaultPlan plan) {
    server = new FaultyServer(cache.files(), plan);
    s3 =
        S3Client.builder()
            .endpointOverride(server.uri())
            .region(Region.EU_WEST_2)
            .forcePathStyle(true)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
            .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(SILENCE))
            .build();
  }

  FaultyServer server() {
    return server;
  }

  AuditedCache http() {
    return new HttpCache(server.uri(), Optional.empty(), SILENCE);
  }

  AuditedCache s3() {
    return new StoreCache(new S3ObjectStore(s3, FaultyServer.BUCKET), "", REQUESTS);
  }

  @Override
  public void close() {
    s3.close();
    server.close();
  }
}
