package io.narthex.serve;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.aws.http.HttpCall;
import io.narthex.aws.http.HttpCallReader;
import io.narthex.aws.json.MalformedEventException;
import io.narthex.cache.read.Answer;
import io.narthex.cache.read.Caller;
import io.narthex.cache.read.ReadRequest;
import io.narthex.cache.read.Reads;
import io.narthex.policy.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** The function behind the HTTP API. */
public final class ServeHandler implements RequestStreamHandler {
  private final Reads reads;

  /** As Lambda makes it: from the environment. */
  public ServeHandler() {
    this(ServeConfig.from(System.getenv()));
  }

  /** As a host makes it that has no environment to give. */
  public ServeHandler(ServeConfig config) {
    this(ServeWiring.reads(config));
  }

  /** With reads put together elsewhere. */
  public ServeHandler(Reads reads) {
    this.reads = requireNonNull(reads, "reads is null");
  }

  @Override
  public void handleRequest(InputStream event, OutputStream reply, Context context)
      throws IOException {
    Replies.of(answer(event)).write(reply);
  }

  private Answer answer(InputStream event) {
    try {
      HttpCall call = HttpCallReader.read(event);
      return reads.answer(new ReadRequest(call.method(), call.rawPath(), caller(call)));
    } catch (MalformedEventException e) {
      return new Answer.BadRequest("not a request that this address understands");
    }
  }

  // Whoever sends credentials is still nobody in particular here: they are not looked at.
  private static Caller caller(HttpCall call) {
    return new Caller(
        new Principal.Anonymous(),
        Optional.of(call.sourceIp()).filter(ip -> !ip.isEmpty()),
        // The gateway takes TLS only and says so; a host without TLS must say that.
        call.header("x-forwarded-proto").filter("http"::equals).isEmpty(),
        call.header("user-agent"),
        call.header("referer"));
  }
}
