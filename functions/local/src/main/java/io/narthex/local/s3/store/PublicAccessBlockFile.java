package io.narthex.local.s3.store;

import io.narthex.local.s3.access.PublicAccessBlock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the Block Public Access settings of a bucket rest on disk: those that are on, a line each.
 */
final class PublicAccessBlockFile {
  private PublicAccessBlockFile() {}

  static String write(PublicAccessBlock block) {
    Map<String, Boolean> settings = new LinkedHashMap<>();
    settings.put("BlockPublicAcls", block.blockPublicAcls());
    settings.put("IgnorePublicAcls", block.ignorePublicAcls());
    settings.put("BlockPublicPolicy", block.blockPublicPolicy());
    settings.put("RestrictPublicBuckets", block.restrictPublicBuckets());
    return settings.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(setting -> setting.getKey() + "\n")
        .collect(Collectors.joining());
  }

  static PublicAccessBlock read(String text) {
    Set<String> on = text.lines().collect(Collectors.toSet());
    return new PublicAccessBlock(
        on.contains("BlockPublicAcls"),
        on.contains("IgnorePublicAcls"),
        on.contains("BlockPublicPolicy"),
        on.contains("RestrictPublicBuckets"));
  }
}
