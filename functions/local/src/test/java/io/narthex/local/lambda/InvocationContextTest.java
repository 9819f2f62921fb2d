package io.narthex.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.narthex.policy.AccountId;
import io.narthex.testkit.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InvocationContextTest {
  private static final FunctionIdentity FUNCTION =
      new FunctionIdentity(
          "validate", "eu-west-2", new AccountId("111122223333"), Duration.ofSeconds(30), 512);

  private final MovableClock clock = new MovableClock();
  private final InvocationContext context =
      new InvocationContext(FUNCTION, "r-1", new StandardOutput(), clock);

  @Test
  void namesTheFunctionAndTheRequest() {
    assertThat(context.getFunctionName()).isEqualTo("validate");
    assertThat(context.getInvokedFunctionArn())
        .isEqualTo("arn:aws:lambda:eu-west-2:111122223333:function:validate");
    assertThat(context.getLogGroupName()).isEqualTo("/aws/lambda/validate");
    assertThat(context.getAwsRequestId()).isEqualTo("r-1");
    assertThat(context.getMemoryLimitInMB()).isEqualTo(512);
  }

  @Test
  void countsTheTimeThatIsLeftDownToNothing() {
    assertThat(context.getRemainingTimeInMillis()).isEqualTo(30_000);
    clock.advance(Duration.ofMillis(29_999));
    assertThat(context.getRemainingTimeInMillis()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(1));
    assertThat(context.getRemainingTimeInMillis()).isZero();
  }

  @Test
  void refusesWhatLambdaWould() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FunctionIdentity("f", "r", new AccountId("111122223333"), Duration.ZERO, 512));
  }
}
