package io.narthex.local.audit.report;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A table that the page's script can sort, written row by row. */
final class Table {
  private final Html html;
  private final List<Column> columns;
  private int column;

  /** A column: by what it is sorted, and that numbers stand to the right. */
  record Column(String title, Kind kind) {
    Column {
      requireNonNull(title, "title is null");
      requireNonNull(kind, "kind is null");
    }

    static Column text(String title) {
      return new Column(title, Kind.TEXT);
    }

    static Column number(String title) {
      return new Column(title, Kind.NUMBER);
    }

    /** Nothing to sort by. */
    static Column picture(String title) {
      return new Column(title, Kind.PICTURE);
    }
  }

  enum Kind {
    TEXT("text"),
    NUMBER("number"),
    PICTURE("picture");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  private Table(Html html, List<Column> columns) {
    this.html = html;
    this.columns = columns;
  }

  /** Begins one. */
  static Table begin(Html html, String look, String caption, Column... columns) {
    html.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", caption);
    html.open("table", "class", look).element("caption", caption);
    html.markup("<thead><tr>");
    for (Column column : columns) {
      html.element("th", column.title(), "scope", "col", "class", column.kind().label);
    }
    html.markup("</tr></thead>\n<tbody>\n");
    return new Table(html, List.of(columns));
  }

  Table row() {
    column = 0;
    html.markup("<tr>");
    return this;
  }

  Table endRow() {
    html.markup("</tr>\n");
    return this;
  }

  /** A cell of text. */
  Table cell(String text) {
    return cell(() -> html.text(text));
  }

  /** A cell with a number, written for people. */
  Table number(long value, String shown) {
    Column now = columns.get(column++);
    html.open("td", "class", "number", "data-label", now.title(), "data-value", "" + value);
    html.text(shown).close("td");
    return this;
  }

  /** A cell with whatever is written meanwhile. */
  Table cell(Runnable content) {
    Column now = columns.get(column++);
    html.open("td", "class", now.kind().label, "data-label", now.title());
    content.run();
    html.close("td");
    return this;
  }

  void end() {
    html.markup("</tbody></table></div>\n");
  }
}
