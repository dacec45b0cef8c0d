// @ts-check
// Taking papers along: cited one by one, or many of them in a file.
import { addCoins } from "./coins.js";
import { open } from "./dialog.js";
import { make, many } from "./elements.js";
import { FORMATS } from "./formats.js";
import { here } from "./page.js";
import { references } from "./references.js";
import { say } from "./said.js";

/** @typedef {import("./references.js").Paper} Paper */

const FORMAT = "format"; // the one that was chosen last
const FEW_DAYS = 12;
const SHOWN = 4000; // letters of what is taken along

/** @returns {import("./formats.js").Format} */
const chosen = () => {
  try {
    return FORMATS.find(({ name }) => name === localStorage.getItem(FORMAT)) ?? FORMATS[0];
  } catch {
    return FORMATS[0];
  }
};

/** @param {string} name @param {string} type @param {string} content */
export const download = (name, type, content) => {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

/**
 * Offer papers in every format.
 * @param {Paper[]} papers
 * @param {string} name of the file, without its ending
 */
export const offer = (papers, name) => {
  const select = make("select", { id: "format" });
  for (const { name: value, label } of FORMATS)
    select.append(make("option", { value, textContent: label }));
  select.value = chosen().name;
  const shown = make("pre", { tabIndex: 0 });
  const copy = make("button", { type: "button", textContent: "Copy" });
  const save = make("button", { type: "button", textContent: "Download" });
  const status = make("span", {});
  status.setAttribute("role", "status");
  let content = "";
  const show = () => {
    const format = chosen();
    content = format.make(papers);
    const rest = content.length > SHOWN ? "\n…" : "";
    shown.textContent = content.slice(0, SHOWN) + rest;
    status.textContent = "";
  };
  select.onchange = () => {
    try {
      localStorage.setItem(FORMAT, select.value);
    } catch {
      /* forgotten */
    }
    show();
  };
  copy.onclick = async () => {
    await navigator.clipboard.writeText(content).then(
      () => {
        status.textContent = "Copied";
      },
      () => {
        status.textContent = "This browser does not let the site copy; select the text instead.";
      },
    );
  };
  save.onclick = () => {
    const { ending, type } = chosen();
    download(`${name}.${ending}`, type, content);
    status.textContent = `Saved as ${name}.${ending}`;
  };
  show();
  const label = make("label", { htmlFor: "format" }, "Format ");
  const title = papers.length === 1 ? "Citation" : `Export ${many(papers.length, "paper")}`;
  const dialog = open(title, make("p", { className: "actions" }, label, select), shown);
  dialog.classList.add("wide");
  dialog.querySelector("form")?.prepend(copy, " ", save, " ", status, " ");
  copy.focus();
};

/** What a failure to fetch means to a reader. @param {unknown} error */
export const unfetched = (error) =>
  location.protocol === "file:"
    ? "Opened as a file, this page may fetch nothing: serve the site’s folder instead."
    : `The papers’ data could not be fetched (${error instanceof Error ? error.message : error}). Try again when you are online.`;

/**
 * Copy the citation of a paper in the format that was chosen last.
 * @param {string} path
 * @param {string} root
 */
export const cite = async (path, root) => {
  try {
    const papers = await references([path], root);
    const { label, make: write } = chosen();
    /** @type {[string, () => void]} */
    const more = ["Other formats", () => offer(papers, "citation")];
    await navigator.clipboard.writeText(write(papers)).then(
      () => say(`Copied as ${label}.`, more),
      () => offer(papers, "citation"),
    );
  } catch (error) {
    say(unfetched(error));
  }
};

/**
 * Announce a page's papers to Zotero, where that takes few days' data.
 * @param {import("./shown.js").Shown[]} listed
 * @param {string} root
 */
export const announce = async (listed, root) => {
  const paths = listed.map(({ path }) => path);
  if (new Set(paths.map((path) => path.split("#")[0])).size > FEW_DAYS) return;
  addCoins(await references(paths, root).catch(() => []), listed);
};

/**
 * Offer all papers of a page, and announce them to Zotero.
 * @param {import("./shown.js").Shown[]} listed
 * @param {string} root
 */
export const exportAll = async (listed, root) => {
  try {
    const paths = listed.map(({ path }) => path);
    const papers = await references(paths, root, (done, of) => {
      if (of > 12) say(`Fetching ${done} of ${of} days …`);
    });
    addCoins(papers, listed);
    const name = here(root).split("/").filter(Boolean).slice(-3).join("-");
    offer(papers, name.replace(/\.html$/, "") || "papers");
  } catch (error) {
    say(unfetched(error));
  }
};
