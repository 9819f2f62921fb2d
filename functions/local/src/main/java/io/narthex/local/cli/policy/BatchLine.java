package io.narthex.local.cli.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a batch as it was written; what it says is not yet looked at.
 *
 * @param policy the text of the bucket policy
 * @param identityPolicies their texts
 * @param principal empty for the anonymous caller
 */
record BatchLine(
    Optional<String> policy,
    List<String> identityPolicies,
    Optional<String> principal,
    String account,
    String action,
    String resource,
    Map<String, List<String>> context) {}
