package io.narthex.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.narthex.local.s3.auth.AccessKeys;
import io.narthex.local.s3.auth.S3User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalUsersTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @TempDir private Path data;

  private static LocalUser user(String name) {
    return LocalUser.generate(
        name, "/", Map.of("team", "infra"), Optional.of(ShippedPolicies.upload("b-1")), NOW);
  }

  @Test
  void keepsAUserAsItWasMadeForItsOwnerOnly() throws IOException {
    LocalUser alice =
        LocalUser.generate("alice", "/ci/", Map.of("Team", "é"), Optional.empty(), NOW);
    LocalUser bob = user("b.o=b@example");
    LocalUsers.in(data).add(bob);
    LocalUsers.in(data).add(alice);
    assertThat(LocalUsers.in(data).list())
        .usingRecursiveComparison()
        .isEqualTo(List.of(alice, bob));
    assertThat(alice.arn()).isEqualTo("arn:aws:iam::123456789012:user/ci/alice");
    assertThat(alice.userId()).matches("AIDA[A-Z2-7]{17}");
    assertThat(mode("users/alice.json")).isEqualTo("rw-------");
    assertThat(mode("users")).isEqualTo("rwx------");
    assertThat(data.resolve("users")).isDirectoryNotContaining("glob:**/.*");
    assertThat(alice.toString()).doesNotContain(alice.key().secret());
  }

  private String mode(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file)));
  }

  @Test
  void aNameIsThereOnceInAnyCase() {
    LocalUser first = user("alice");
    LocalUsers.in(data).add(first);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> LocalUsers.in(data).add(user("ALICE")))
        .withMessageContaining("already");
    assertThat(LocalUsers.in(data).find("Alice").orElseThrow().userId()).isEqualTo(first.userId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "ä", "cache-upload", "Admin", "a\nb"})
  void refusesNamesThatIamRefusesAndThoseOfTheHost(String name) {
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> user(name));
  }

  @Test
  void refusesAPolicyThatIsNoneAndSaysWhere() {
    String bad = ShippedPolicies.upload("b-1").replace("\"Allow\"", "\"Permit\"");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LocalUser.generate("a", "/", Map.of(), Optional.of(bad), NOW))
        .withMessageContaining("Statement[0]");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LocalUser.generate("a", "ci", Map.of(), Optional.empty(), NOW));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () -> LocalUser.generate("a", "/", Map.of("aws:x", "1"), Optional.empty(), NOW));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () -> LocalUser.generate("a", "/", Map.of("x", "1", "X", "1"), Optional.empty(), NOW));
  }

  @Test
  void aRunningEndpointSeesChangesAtOnce() {
    AccessKeys keys = LocalUsers.in(data).accessKeys();
    assertThat(keys.find("AKLOX")).isEmpty();
    for (int i = 0; i < 50; i++) {
      LocalUser user = user("user-" + i);
      LocalUsers.in(data).add(user);
      S3User seen = keys.find(user.key().id()).orElseThrow();
      assertThat(seen.principalArn()).isEqualTo(user.arn());
      assertThat(seen.userId()).isEqualTo(user.userId());
      assertThat(seen.tags()).isEqualTo(user.tags());
      assertThat(seen.identityPolicies()).hasSize(1);
      LocalUsers.in(data).remove(user);
      assertThat(keys.find(user.key().id())).isEmpty();
    }
  }

  @Test
  void aFileThatIsNoUserIsLeftOutOfTheKeysAndNamedByTheList() throws IOException {
    LocalUser alice = user("alice");
    LocalUsers.in(data).add(alice);
    Files.writeString(data.resolve("users/bad.json"), "{\"name\": \"bad\"}");
    assertThat(LocalUsers.in(data).accessKeys().find(alice.key().id())).isPresent();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> LocalUsers.in(data).list())
        .withMessageContaining("bad.json");
  }
}
