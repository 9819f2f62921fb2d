package io.narthex.local.audit.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;

/** A horizontal bar of parts, as SVG. Colours are classes of the style sheet: no inline styles. */
final class Bar {
  private static final double WIDTH = 100;

  private Bar() {}

  /**
   * A part of a bar.
   *
   * @param colour a class of the style sheet
   */
  record Part(String colour, long value) {
    Part {
      requireNonNull(colour, "colour is null");
    }
  }

  /**
   * Draws one.
   *
   * @param look a class of the style sheet
   * @param all what the whole width stands for
   * @param says the same in words, for who does not see it; empty if the words stand beside it
   */
  static void draw(Html html, String look, long all, String says, List<Part> parts) {
    if (says.isEmpty()) {
      html.open(
          "svg",
          "class",
          look,
          "viewBox",
          "0 0 100 8",
          "preserveAspectRatio",
          "none",
          "aria-hidden",
          "true");
    } else {
      html.open(
          "svg",
          "class",
          look,
          "viewBox",
          "0 0 100 8",
          "preserveAspectRatio",
          "none",
          "role",
          "img",
          "aria-label",
          says);
    }
    html.markup("<rect class=\"track\" width=\"100\" height=\"8\"></rect>");
    double x = 0;
    for (Part part : parts) {
      double width = width(part.value(), all);
      if (width > 0) {
        html.open(
                "rect",
                "class",
                part.colour(),
                "x",
                number(x),
                "width",
                number(width),
                "height",
                "8")
            .close("rect");
        x += width;
      }
    }
    html.close("svg");
  }

  /** Nothing that is there is invisible. */
  private static double width(long value, long all) {
    return value == 0 || all == 0 ? 0 : Math.max(0.4, WIDTH * value / all);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
