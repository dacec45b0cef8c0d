// @ts-check
// Tables that sort: a click on a column's head sorts by it, another one turns the order round.

/** @param {string} text of a cell */
const value = (text) => {
  const number = Number.parseFloat(text.replace(/[,\s+]/g, "").replace("\u2212", "-"));
  return Number.isNaN(number) ? text.toLowerCase() : number;
};

/** @param {string} a @param {string} b */
const compare = (a, b) => {
  const [one, other] = [value(a), value(b)];
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one !== typeof other) return typeof one === "number" ? 1 : -1;
  return String(one).localeCompare(String(other));
};

/** @param {HTMLTableElement} table @param {HTMLTableCellElement} head */
const sort = (table, head) => {
  const usual = head.classList.contains("n") ? "descending" : "ascending";
  const turned = head.ariaSort === "descending" ? "ascending" : "descending";
  const order = head.ariaSort ? turned : usual;
  for (const other of head.parentElement?.querySelectorAll("th") ?? []) other.ariaSort = null;
  head.ariaSort = order;
  const [body] = table.tBodies;
  const sign = order === "ascending" ? 1 : -1;
  const text = (/** @type {HTMLTableRowElement} */ row) =>
    row.cells[head.cellIndex].textContent?.trim() ?? "";
  // What says nothing stands last in either order.
  const rows = [...body.rows].sort((a, b) => {
    if (!text(a) || !text(b)) return Number(!text(a)) - Number(!text(b));
    return sign * compare(text(a), text(b));
  });
  body.append(...rows);
};

for (const table of document.querySelectorAll("table.sorts")) {
  if (!(table instanceof HTMLTableElement)) continue;
  for (const head of table.tHead?.querySelectorAll("th") ?? []) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(table, head));
  }
}
