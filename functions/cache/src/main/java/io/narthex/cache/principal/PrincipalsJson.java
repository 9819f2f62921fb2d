package io.narthex.cache.principal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code principals.json}. It is written by hand and lets people in, so that every field
 * nobody knows, a misspelt condition say, is an error.
 */
public final class PrincipalsJson {
  private static final int MAX_LENGTH = 65_536;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<String> problems = new ArrayList<>();

  private PrincipalsJson() {}

  /**
   * Reads the settings.
   *
   * @throws MalformedPrincipalsException saying everything that is wrong
   */
  public static PrincipalSettings read(String json) throws MalformedPrincipalsException {
    var reader = new PrincipalsJson();
    Optional<PrincipalSettings> settings = reader.settings(tree(json));
    if (settings.isEmpty()) {
      throw new MalformedPrincipalsException(reader.problems);
    }
    return settings.get();
  }

  /**
   * Refuses mappings to principals of accounts that are not let in, with which nobody ever would
   * be.
   */
  static void requireAdmitted(PrincipalSettings settings, String account)
      throws MalformedPrincipalsException {
    Set<String> strangers = new HashSet<>(settings.mappedAccounts());
    strangers.removeAll(settings.accounts().keySet());
    strangers.remove(account);
    if (!strangers.isEmpty()) {
      throw new MalformedPrincipalsException(
          strangers.stream()
              .sorted()
              .map(
                  id ->
                      "issuers: account %s is mapped to, and is neither %s as the cache nor in accounts"
                          .formatted(id, account))
              .toList());
    }
  }

  private static JsonNode tree(String json) throws MalformedPrincipalsException {
    if (json.length() > MAX_LENGTH) {
      throw new MalformedPrincipalsException(List.of("more than 64 KB"));
    }
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new MalformedPrincipalsException(List.of("not JSON: " + e.getOriginalMessage()));
    }
  }

  private Optional<PrincipalSettings> settings(JsonNode tree) {
    var top = new StrictFields("", tree, problems);
    Map<String, KnownAccount> accounts = new LinkedHashMap<>();
    top.members("accounts")
        .forEach((id, fields) -> account(fields).ifPresent(known -> accounts.put(id, known)));
    Set<String> roles = new HashSet<>(top.values("roles", PrincipalsJson::role));
    List<OidcIssuer> issuers =
        top.objects("issuers").stream().flatMap(fields -> issuer(fields).stream()).toList();
    return top.build(0, () -> new PrincipalSettings(accounts, roles, issuers));
  }

  private static String role(String arn) {
    PrincipalSettings.requireRole(arn);
    return arn;
  }

  private Optional<KnownAccount> account(StrictFields fields) {
    int before = problems.size();
    Optional<String> canonicalId = fields.text("canonicalId");
    Optional<String> organization = fields.text("organization");
    List<String> paths = fields.values("organizationPaths", text -> text);
    return fields.build(before, () -> new KnownAccount(canonicalId, organization, paths));
  }

  private Optional<OidcIssuer> issuer(StrictFields fields) {
    int before = problems.size();
    Optional<IssuerUrl> url = fields.required("url", IssuerUrl::new);
    Set<String> audiences = new HashSet<>(fields.values("audiences", text -> text));
    Duration maxAge =
        fields.value("maxAge", PrincipalsJson::duration).orElse(OidcIssuer.DEFAULT_MAX_AGE);
    Set<String> keyHosts = new HashSet<>(fields.values("keyHosts", text -> text));
    List<IssuerMapping> mappings =
        fields.objects("mappings").stream().flatMap(one -> mapping(one).stream()).toList();
    return fields.build(
        before, () -> new OidcIssuer(url.orElseThrow(), audiences, maxAge, keyHosts, mappings));
  }

  private Optional<IssuerMapping> mapping(StrictFields fields) {
    int before = problems.size();
    var principal = fields.required("principal", PrincipalText::parse);
    var claims = fields.memberValues("claims", ClaimPattern::new);
    Map<String, TagTemplate> tags = new HashMap<>();
    fields
        .memberValues("tags", TagTemplate::new)
        .forEach(
            (key, values) -> {
              if (values.size() > 1) {
                fields.problem("tags." + key + ": more than one string");
              }
              values.stream().findFirst().ifPresent(value -> tags.put(key, value));
            });
    Optional<String> userId = fields.text("userId");
    return fields.build(
        before, () -> new IssuerMapping(claims, principal.orElseThrow(), tags, userId));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not an ISO 8601 duration: " + text, e);
    }
  }
}
