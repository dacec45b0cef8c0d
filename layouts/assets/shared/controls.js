// @ts-check
// Buttons, and where a page's own tools stand.

/** @param {string} label @param {Record<string, string>} attributes */
export const button = (label, attributes) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

/** Where a page's tools stand; made when first asked for. */
export const tools = () => {
  const there = document.querySelector("main > .tools, main > header > .tools");
  if (there) return there;
  const made = Object.assign(document.createElement("p"), { className: "tools" });
  (document.querySelector("main > header") ?? document.querySelector("main"))?.append(made);
  return made;
};
