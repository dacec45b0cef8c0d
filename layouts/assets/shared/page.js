// @ts-check
// Which page an address is, whatever its host makes of addresses: some strip `.html`, serve
// `index.html` by its name, or leave out last slashes. Nothing else looks at a page's own address.

/** Pages in files of their own, all others are folders. */
const FILE = /^(?:authors|people)\/[^/]+$/;

/** A day, wherever its archive stands. */
const DAY = /\/(\d{4}\/\d\d\/\d\d)(?:\/(?:index(?:\.html)?)?)?$/;

/**
 * The address of a page below the root, as links have it: `2021/12/19/`, `authors/ada-quill.html`.
 * @param {string} url
 * @param {string} root
 * @param {number} [depth] how many folders the page is below the root, where it says so itself
 */
export const pathOf = (url, root, depth) => {
  const { origin, pathname } = new URL(url);
  const whole = `${origin}${pathname}`;
  const day = !whole.startsWith(root) && whole.match(DAY); // of a volume, which stands elsewhere
  if (day) return `${day[1]}/`;
  if (`${whole}/` === root) return "";
  const path = whole.slice(root.length).replace(/(^|\/)index(?:\.html)?$/, "$1");
  if (!path || path.endsWith("/") || path.endsWith(".html")) return path;
  const file = depth === undefined ? FILE.test(path) : path.split("/").length - 1 === depth;
  return path + (file ? ".html" : "/");
};

/** The address of the page that is open, below the root. @param {string} root */
export const here = (root) => {
  const style = document.querySelector("link[rel=stylesheet]")?.getAttribute("href") ?? "/";
  const depth = style.startsWith("/") ? undefined : style.split("../").length - 1;
  return pathOf(location.href, root, depth);
};

/**
 * The addresses under which hosts serve a page, its own first.
 * @param {string} url without a query
 */
export const names = (url) => {
  const plain = url.replace(/(?:(?<=\/)index)?\.html$|(?<=\/)index$/, "").replace(/\/$/, "");
  const bare = /^\w+:\/\/[^/]+$/.test(plain) ? [] : [plain, `${plain}.html`]; // of a host none
  return [...new Set([url, `${plain}/`, `${plain}/index.html`, ...bare])];
};

/** Whether two addresses are one page's. @param {string} one @param {string} other */
export const isSame = (one, other) => names(one).includes(other);
