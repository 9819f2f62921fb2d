package io.narthex.local.s3;

import static io.narthex.local.s3.Endpoint.CACHE;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.local.s3.access.Operation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Who may do what: every operation by every kind of caller, under no policy and the manual's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryOperationTest {
  private static final int FORBIDDEN = 403;

  private Endpoint s3;

  /** Whose request it is. */
  enum Who {
    ANONYMOUS,
    WITHOUT_POLICY,
    SEVEN_ACTIONS,
    ROOT;

    S3Client of(Endpoint s3) {
      return switch (this) {
        case ANONYMOUS -> s3.anonymous;
        case WITHOUT_POLICY -> s3.stranger;
        case SEVEN_ACTIONS -> s3.uploader;
        case ROOT -> s3.root;
      };
    }
  }

  /** What the bucket has for a policy. */
  enum Under {
    NO_POLICY,
    DIRECT_READS
  }

  /** One cell of the table. */
  record Cell(Under under, EachCall call, Who who) {
    boolean isAllowed() {
      return switch (who) {
        case ROOT -> true;
        case SEVEN_ACTIONS -> call.isOfUploaders() || isDirectRead();
        case ANONYMOUS, WITHOUT_POLICY -> isDirectRead();
      };
    }

    private boolean isDirectRead() {
      return under == Under.DIRECT_READS && call.isDirectRead();
    }

    @Override
    public String toString() {
      return under + " " + call + " by " + who + (isAllowed() ? " is allowed" : " is refused");
    }
  }

  static Stream<Cell> cells() {
    return Arrays.stream(Under.values())
        .flatMap(
            under ->
                Arrays.stream(EachCall.values())
                    .flatMap(
                        call ->
                            Arrays.stream(Who.values()).map(who -> new Cell(under, call, who))));
  }

  @BeforeAll
  void start(@TempDir Path directory) {
    s3 = Endpoint.start(directory);
  }

  @AfterAll
  void stop() {
    s3.close();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void isAllowedOrRefused(Cell cell) {
    switch (cell.under()) {
      case NO_POLICY -> s3.root.deleteBucketPolicy(r -> r.bucket(CACHE));
      case DIRECT_READS -> s3.server.putBucketPolicy(CACHE, Endpoint.DIRECT_READS);
    }
    EachCall.Prepared prepared = EachCall.Prepared.in(s3);
    int status = status(() -> cell.call().send(cell.who().of(s3), prepared));
    if (cell.isAllowed()) {
      assertThat(status).isEqualTo(200);
    } else {
      assertThat(status).isEqualTo(FORBIDDEN);
    }
  }

  private static int status(Runnable call) {
    try {
      call.run();
      return 200;
    } catch (S3Exception e) {
      return e.statusCode();
    }
  }

  @Test
  void noOperationIsMissingFromTheTable() {
    Set<Operation> seen = EnumSet.noneOf(Operation.class);
    Arrays.stream(EachCall.values()).forEach(call -> seen.add(call.operation()));
    assertThat(EnumSet.complementOf(EnumSet.copyOf(seen))).isEmpty();
  }
}
