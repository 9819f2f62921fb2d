package io.narthex.aws.stack;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Where services are that are not AWS's own, by what AWS's tools go by, in their order: {@code
 * AWS_ENDPOINT_URL_S3} and the like for one service, {@code AWS_ENDPOINT_URL} for all, {@code
 * endpoint_url} of the service in the {@code services} section that the profile names, {@code
 * endpoint_url} of the profile. {@code AWS_IGNORE_CONFIGURED_ENDPOINT_URLS}, or the setting of that
 * name in the profile, switches all of it off.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">
 *     Service-specific endpoints</a>
 */
final class Endpoints {
  private static final String ALL = "AWS_ENDPOINT_URL";
  private static final String IN_A_PROFILE = "endpoint_url";
  private static final String SERVICES = "services";
  private static final String IGNORE = "ignore_configured_endpoint_urls";

  private final Map<String, String> environment;
  private final ProfileFile files;
  private final Optional<Profile> profile;

  /**
   * @param environment the variables of this process
   * @param files AWS's configuration files
   * @param profile the name of one in them; without it, what the environment says
   */
  Endpoints(Map<String, String> environment, ProfileFile files, Optional<String> profile) {
    this.environment = Map.copyOf(environment);
    this.files = requireNonNull(files, "files is null");
    this.profile =
        files.profile(
            profile.or(() -> variable("AWS_PROFILE")).map(String::strip).orElse("default"));
  }

  /** By the configuration files of this user. */
  static Endpoints of(Map<String, String> environment, Optional<String> profile) {
    return new Endpoints(environment, ProfileFile.defaultProfileFile(), profile);
  }

  /**
   * Of one service, named as in the variable, e.g. {@code SQS}; empty for AWS's own.
   *
   * @throws IllegalArgumentException if what is configured is no URL with a host
   */
  Optional<URI> of(String service) {
    return isIgnored()
        ? Optional.empty()
        : variable(ALL + "_" + service)
            .or(() -> variable(ALL))
            .or(() -> inServices(service))
            .or(() -> inProfile(IN_A_PROFILE))
            .map(Endpoints::url);
  }

  private boolean isIgnored() {
    return variable("AWS_" + IGNORE.toUpperCase(ROOT))
        .or(() -> inProfile(IGNORE))
        .filter("true"::equalsIgnoreCase)
        .isPresent();
  }

  private Optional<String> inServices(String service) {
    return inProfile(SERVICES)
        .flatMap(name -> files.getSection(SERVICES, name))
        .flatMap(section -> section.property(service.toLowerCase(ROOT) + "." + IN_A_PROFILE));
  }

  private Optional<String> inProfile(String property) {
    return profile.flatMap(one -> one.property(property));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static URI url(String text) {
    URI url = URI.create(text);
    if (url.getHost() == null) {
      throw new IllegalArgumentException("an endpoint of AWS: not a URL with a host: " + text);
    }
    return url;
  }
}
