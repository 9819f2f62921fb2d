
"use strict";
// Without this script the page is complete, and its tables stand as they were written.
(function () {
  const collator = new Intl.Collator("en", { numeric: true });

  // A path by its name rather than its hash.
  function key(row, index, isNumber) {
    const cell = row.cells[index];
    const name = cell.querySelector("b");
    return isNumber ? Number(cell.dataset.value) : (name ?? cell).textContent;
  }

  function sort(header, index) {
    const table = header.closest("table");
    const body = table.tBodies[0];
    const isNumber = header.classList.contains("number");
    const first = isNumber ? "descending" : "ascending";
    const second = isNumber ? "ascending" : "descending";
    const direction = header.getAttribute("aria-sort") === first ? second : first;
    const sign = direction === "ascending" ? 1 : -1;
    const rows = Array.from(body.rows, (row) => [key(row, index, isNumber), row]);
    rows.sort(([a], [b]) => sign * (isNumber ? a - b : collator.compare(a, b)));
    body.append(...rows.map(([, row]) => row));
    for (const other of table.tHead.rows[0].cells) {
      if (other.hasAttribute("aria-sort")) {
        other.setAttribute("aria-sort", other === header ? direction : "none");
      }
    }
  }

  function makeSortable(table) {
    Array.from(table.tHead.rows[0].cells).forEach((header, index) => {
      if (header.classList.contains("picture")) {
        return;
      }
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = header.textContent;
      button.addEventListener("click", () => sort(header, index));
      header.replaceChildren(button);
      header.setAttribute("aria-sort", "none");
    });
  }

  function filter(table, words, status) {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    status.textContent = wanted.length === 0 ? "" : shown + " shown";
  }

  function makeFilterable(table) {
    const bar = document.createElement("div");
    const input = document.createElement("input");
    const status = document.createElement("span");
    bar.className = "filter";
    input.type = "search";
    input.placeholder = "Filter by name, hash or check";
    input.setAttribute("aria-label", "Filter: " + table.caption.textContent);
    status.setAttribute("role", "status");
    input.addEventListener("input", () => filter(table, input.value, status));
    bar.append(input, status);
    table.parentElement.before(bar);
  }

  for (const table of document.querySelectorAll("table")) {
    if (table.tBodies[0].rows.length > 1) {
      makeSortable(table);
    }
    if (table.classList.contains("paths") && table.tBodies[0].rows.length > 10) {
      makeFilterable(table);
    }
  }
})();
