package io.narthex.provision;

import static java.util.Objects.requireNonNull;

import io.narthex.aws.json.MalformedEventException;
import java.util.Map;
import java.util.Optional;

/**
 * What CloudFormation asks of a custom resource.
 *
 * @param physicalId what we called it when it was made; empty before that
 * @param properties as the template has them; lists are joined by commas
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html">Request
 *     objects</a>
 */
record CustomResourceRequest(
    RequestType type, Optional<PhysicalId> physicalId, Map<String, String> properties) {
  CustomResourceRequest {
    requireNonNull(type, "type is null");
    requireNonNull(physicalId, "physicalId is null");
    properties = Map.copyOf(properties);
  }

  /** Reads an event of which the return address is known already. */
  static CustomResourceRequest in(EventFields event) throws MalformedEventException {
    return new CustomResourceRequest(
        RequestType.parse(event.text("RequestType")),
        event.optionalText("PhysicalResourceId").flatMap(PhysicalId::parse),
        event.texts("ResourceProperties"));
  }
}
