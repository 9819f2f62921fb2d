package io.narthex.local.cli.audit;

import picocli.CommandLine.ITypeConverter;

/** Reads a {@link Size}. */
final class SizeConverter implements ITypeConverter<Size> {
  @Override
  public Size convert(String text) {
    return Size.parse(text);
  }
}
