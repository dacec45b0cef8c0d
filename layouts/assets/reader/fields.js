// @ts-check
// A day's fields as filters of its papers; with Ctrl a click still leads to the category.

/** @param {HTMLAnchorElement[]} fields */
const filterBy = (fields) => {
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  document.querySelector(".fields")?.after(status);
  const articles = [...document.querySelectorAll("article")];
  /** @param {HTMLElement} article */
  const category = (article) =>
    /** @type {HTMLAnchorElement | null} */ (article.querySelector("footer b a"))?.href;

  /** @param {HTMLAnchorElement} field */
  return (field) => {
    const on = field.getAttribute("aria-pressed") === "false";
    for (const other of fields) other.setAttribute("aria-pressed", String(on && other === field));
    for (const article of articles) article.hidden = on && category(article) !== field.href;
    const shown = articles.filter((article) => !article.hidden).length;
    status.textContent = on ? `Showing ${shown} of ${articles.length}` : "";
    // It is there again after a reload, and on the way back.
    history.replaceState({ ...history.state, field: on ? field.href : null }, "");
    document.dispatchEvent(new CustomEvent("filtered"));
  };
};

/** Make filters of the links to a day's fields, if there are several. */
export const addFilters = () => {
  /** @type {HTMLAnchorElement[]} */
  const fields = [...document.querySelectorAll(/** @type {"a"} */ (".fields a"))];
  if (fields.length < 2) return;
  const filter = filterBy(fields);
  for (const field of fields) {
    field.setAttribute("role", "button");
    field.setAttribute("aria-pressed", "false");
    field.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      filter(field);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      filter(field);
    });
  }
  const before = fields.find(({ href }) => href === history.state?.field);
  if (before) filter(before);
};
