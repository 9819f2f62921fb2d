package io.narthex.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.narthex.cache.json.JsonDocument;
import io.narthex.cache.json.MalformedJsonException;
import io.narthex.cache.operate.KnownCallers;
import io.narthex.local.http.LocalAnswer;
import io.narthex.local.http.LocalRequest;
import io.narthex.testkit.MemoryStore;
import io.narthex.testkit.MovableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reaches the port of a host, but does not own its data, lets nobody in. */
class CallerRoutesTest {
  private static final String ROLE = "arn:aws:iam::" + LocalAccount.ID + ":role/ci";

  private final MovableClock clock = new MovableClock();
  private final MemoryStore state = new MemoryStore(clock);
  @TempDir private Path data;
  private CallerRoutes routes;
  private String key = "";

  @BeforeEach
  void makeKey() throws IOException {
    routes =
        new CallerRoutes(
            OperatorKey.in(data), new KnownCallers(state, LocalAccount.ID.digits(), clock));
    key = Files.readString(data.resolve("operator-key")).strip();
  }

  private LocalAnswer post(String what, ObjectNode json) {
    return routes.answer(
        new LocalRequest(
            "POST",
            "/-/callers/" + what,
            "",
            new String(JsonDocument.write(json), StandardCharsets.UTF_8)));
  }

  private ObjectNode withKey() {
    return JsonDocument.object().put("key", key);
  }

  private ObjectNode grant(String principal) {
    return withKey().put("principal", principal).put("description", "").put("life", "PT1H");
  }

  @Test
  void createsListsAndRevokes() throws MalformedJsonException {
    LocalAnswer created = post("create", grant(ROLE));
    assertThat(created.status()).isEqualTo(200);
    JsonDocument login = JsonDocument.parse(created.body().getBytes(StandardCharsets.UTF_8));
    String id = login.text("login");
    assertThat(post("list", withKey()).body())
        .contains(id, ROLE, "active")
        .doesNotContain(login.text("password"));
    assertThat(post("revoke", withKey().put("id", id)).body()).contains("true");
    assertThat(post("revoke", withKey().put("id", id)).body()).contains("false");
    assertThat(post("list", withKey()).body()).contains("revoked");
  }

  @Test
  void setsAndShowsPrincipals() {
    assertThat(post("show", withKey()).status()).isEqualTo(404);
    assertThat(post("set", withKey().put("principals", "{\"x\": 1, \"y\": 2}")))
        .isEqualTo(
            new LocalAnswer(
                400, "text/plain; charset=utf-8", "unknown field x\nunknown field y\n"));
    assertThat(post("set", withKey().put("principals", "{\"roles\": []}")).status()).isEqualTo(200);
    assertThat(post("show", withKey()).body()).isEqualTo("{\"roles\": []}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "list", "revoke", "show", "set", "nothing"})
  void doesNothingWithoutTheKeyOfItsDataDirectory(String what) {
    assertThat(post(what, grant(ROLE).put("key", "0".repeat(64))).status()).isEqualTo(403);
    assertThat(post(what, grant(ROLE).put("key", "")).status()).isEqualTo(403);
    assertThat(post(what, JsonDocument.object()).status()).isEqualTo(400);
    assertThat(routes.answer(new LocalRequest("POST", "/-/callers/" + what, "key=" + key)).status())
        .isEqualTo(400);
    assertThat(state.requests()).isEmpty();
  }

  @Test
  void keepsItsKeyForItsOwnerAlone() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("operator-key"))))
        .isEqualTo("rw-------");
    assertThat(OperatorKey.in(data).is(key)).isTrue();
    assertThat(OperatorKey.in(data).toString()).doesNotContain(key);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::111122223333:role/ci, 111122223333",
    "ci, not the ARN",
    "*, not the ARN",
  })
  void refusesWhoWouldNotBeLetIn(String principal, String says) {
    LocalAnswer answer = post("create", grant(principal));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains(says);
  }
}
