package io.narthex.provision;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.narthex.aws.json.MalformedEventException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/** The function behind the custom resource. */
public final class ProvisionHandler implements RequestStreamHandler {
  private final StackCache cache;
  private final Replies replies;
  private final Consumer<String> log;

  /** As Lambda makes it: from the environment. */
  public ProvisionHandler() {
    this(ProvisionConfig.from(System.getenv()));
  }

  /** From a configuration that was read elsewhere. */
  public ProvisionHandler(ProvisionConfig config) {
    this(ProvisionWiring.cache(config), new HttpReplies(), System.out::println);
  }

  ProvisionHandler(StackCache cache, Replies replies, Consumer<String> log) {
    this.cache = requireNonNull(cache, "cache is null");
    this.replies = requireNonNull(replies, "replies is null");
    this.log = requireNonNull(log, "log is null");
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    try {
      EventFields fields = EventFields.read(event);
      ReturnAddress address = ReturnAddress.in(fields);
      Reply reply = reply(fields);
      log.accept(ProvisionLog.line(reply, context.getAwsRequestId()));
      replies.send(address, reply);
    } catch (MalformedEventException e) {
      throw new IOException("nobody to answer: " + e.getMessage(), e);
    }
  }

  private Reply reply(EventFields fields) {
    String unchanged = fields.optionalText("PhysicalResourceId").orElse(PhysicalId.NONE);
    try {
      return cache.answer(CustomResourceRequest.in(fields));
    } catch (MalformedEventException e) {
      return new Reply.Failed(unchanged, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // A fault of the program too: CloudFormation would wait for its answer until it gives up.
      return new Reply.Failed(unchanged, e.toString());
    }
  }
}
