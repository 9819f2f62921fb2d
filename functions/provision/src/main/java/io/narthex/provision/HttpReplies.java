package io.narthex.provision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Answers by a PUT to the presigned URL; three times, if need be.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html">Response
 *     objects</a>
 */
final class HttpReplies implements Replies {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int ATTEMPTS = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(TIMEOUT)
          .build();

  @Override
  public void send(ReturnAddress to, Reply reply) throws IOException {
    // Without a content type: the URL was signed without one.
    HttpRequest put =
        HttpRequest.newBuilder(to.url())
            .timeout(TIMEOUT)
            .PUT(BodyPublishers.ofByteArray(json(to, reply)))
            .build();
    var failures = new IOException("CloudFormation was not answered about " + to);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        int status = http.send(put, BodyHandlers.discarding()).statusCode();
        if (status / 100 == 2) {
          return;
        }
        failures.addSuppressed(new IOException("status " + status));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("answering CloudFormation").initCause(e);
      } catch (IOException e) {
        failures.addSuppressed(e);
      }
    }
    throw failures;
  }

  private static byte[] json(ReturnAddress to, Reply reply) throws IOException {
    var text = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      switch (reply) {
        case Reply.Success(var _, var signingKey) -> {
          json.writeStringField("Status", "SUCCESS");
          if (signingKey.isPresent()) {
            json.writeObjectFieldStart("Data");
            json.writeStringField("SigningPublicKey", signingKey.get().toString());
            json.writeEndObject();
          }
        }
        case Reply.Failed(var _, var reason) -> {
          json.writeStringField("Status", "FAILED");
          json.writeStringField("Reason", reason);
        }
      }
      json.writeStringField("PhysicalResourceId", reply.physicalId());
      json.writeStringField("StackId", to.stackId());
      json.writeStringField("RequestId", to.requestId());
      json.writeStringField("LogicalResourceId", to.logicalResourceId());
      json.writeEndObject();
    }
    return text.toByteArray();
  }
}
