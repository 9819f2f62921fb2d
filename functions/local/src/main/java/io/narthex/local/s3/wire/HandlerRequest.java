package io.narthex.local.s3.wire;

import io.narthex.local.s3.model.Query.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as S3Proxy's handler gets it: one form of path, parameters of the query only (so that
 * no body is ever taken for a form), the length of the object, and none of the headers that are
 * dealt with already.
 */
final class HandlerRequest extends HttpServletRequestWrapper {
  private static final String LENGTH = "content-length";

  private static final Set<String> DONE =
      Set.of(
          "authorization",
          "x-amz-acl",
          "x-amz-content-sha256",
          "x-amz-decoded-content-length",
          "x-amz-expected-bucket-owner",
          "x-amz-mp-object-size",
          "x-amz-request-payer",
          "x-amz-security-token",
          "x-amz-source-expected-bucket-owner",
          "x-amz-tagging",
          "x-amz-tagging-directive");

  private static final Set<String> CONDITIONS = Set.of("if-match", "if-none-match");

  private final Route route;
  private final boolean reads;
  private final Optional<Long> length;

  /**
   * Wraps a request.
   *
   * @param reads whether its conditions are those of a read, which the handler judges
   * @param length of the object, where the body is more than the object
   */
  HandlerRequest(HttpServletRequest request, Route route, boolean reads, Optional<Long> length) {
    super(request);
    this.route = route;
    this.reads = reads;
    this.length = length;
  }

  private boolean hidden(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return DONE.contains(name) || (!reads && CONDITIONS.contains(name));
  }

  @Override
  public String getRequestURI() {
    return route.handlerPath();
  }

  @Override
  public @Nullable String getHeader(String name) {
    if (length.isPresent() && name.equalsIgnoreCase(LENGTH)) {
      return length.get().toString();
    }
    return hidden(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    if (length.isPresent() && name.equalsIgnoreCase(LENGTH)) {
      return Collections.enumeration(List.of(length.get().toString()));
    }
    return hidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(
        Collections.list(super.getHeaderNames()).stream().filter(name -> !hidden(name)).toList());
  }

  @Override
  public long getContentLengthLong() {
    return length.orElseGet(super::getContentLengthLong);
  }

  @Override
  public int getContentLength() {
    return (int) Math.min(Integer.MAX_VALUE, getContentLengthLong());
  }

  @Override
  public @Nullable String getParameter(String name) {
    return route.query().first(name).orElse(null);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return getParameterMap().get(name);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Parameter parameter : route.query().parameters()) {
      values.computeIfAbsent(parameter.name(), name -> new ArrayList<>()).add(parameter.value());
    }
    Map<String, String[]> parameters = new LinkedHashMap<>();
    values.forEach((name, all) -> parameters.put(name, all.toArray(String[]::new)));
    return parameters;
  }
}
