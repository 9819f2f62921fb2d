package io.narthex.cache.read;

import java.util.Map;

/** The kinds of small objects that are answered with their bytes, decoded. */
enum InlineKind {
  CACHE_INFO("text/x-nix-cache-info", 1 << 20),
  NARINFO("text/x-nix-narinfo", 1 << 20),
  JSON("application/json", InlineKind.MAX_BODY),
  LOG("text/plain; charset=utf-8", InlineKind.MAX_BODY);

  /** The most that fits into a function's answer of 6 MB when it is base64, in bytes. */
  static final int MAX_BODY = 4 << 20;

  private final String contentType;
  private final int limit;

  InlineKind(String contentType, int limit) {
    this.contentType = contentType;
    this.limit = limit;
  }

  String contentType() {
    return contentType;
  }

  /** The largest that is answered with its bytes; larger ones are redirected to. */
  int limit() {
    return limit;
  }

  /** What goes with one that is good for these readers. */
  ResponseHeaders headers(Cacheability cacheability) {
    return headers(cacheability.cacheControl());
  }

  /** What goes with one that nobody may keep. */
  ResponseHeaders headersOfThisMoment() {
    return headers("no-store");
  }

  // Ours and never the uploader's; nothing in the bytes is ever run.
  private ResponseHeaders headers(String cacheControl) {
    return new ResponseHeaders(
        Map.of(
            "Content-Type",
            contentType,
            "Cache-Control",
            cacheControl,
            "Content-Security-Policy",
            "default-src 'none'; sandbox",
            "X-Content-Type-Options",
            "nosniff"));
  }
}
