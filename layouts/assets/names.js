// Find an author by some letters of the name, in the lists below authors/find/: one for each beginning of a
// word, `[name, papers, slug]` by number of papers, or a name alone; `index_.json` says which there are.
const LETTERS = {
  ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th", ŋ: "n", ŧ: "t", ĸ: "k", ə: "e", ſ: "s",
};
const MOST = 5; // names above a list of papers
const OTHER = "other"; // the list of names without a letter from a to z

/** Fold as the site's names are folded: `Łukasz Müller-Ek` gives `["lukasz", "muller", "ek"]`. */
export const fold = (text) =>
  text.normalize("NFKD").toLowerCase()
    .replace(/[øłđðħıßæœþŋŧĸəſ]/g, (letter) => LETTERS[letter])
    .normalize("NFKD").replace(/\p{M}/gu, "")
    .split(/[\s\-\u2010-\u2015\u2212.,~_/\\&:;|+]+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ""))
    .filter(Boolean);
const latin = (word) => word.replace(/[^a-z0-9]/g, "");

const kept = new Map();
const load = (address, otherwise) => {
  if (!kept.has(address)) {
    const answer = fetch(address).then((found) => {
      if (found.ok) return found.json();
      if (found.status === 404) return otherwise;
      throw new Error(`${found.status}`);
    });
    answer.catch(() => kept.delete(address));
    kept.set(address, answer);
  }
  return kept.get(address);
};

/** Fetch the names of a list; where there is no such list, there is no such name. */
const bucket = async (root, start) => {
  const index = await load(`${root}authors/find/index_.json`, null);
  if (index && start !== OTHER && !index[start.slice(0, 2)]?.split(" ").includes(start.slice(2))) return [];
  const key = `${root}authors/find/${start}_.json`;
  const entries = await load(key, []);
  entries.read ??= entries.map((entry) => {
    const [name, papers = 1, slug] = [entry].flat();
    const words = fold(name);
    return { name, papers, words, slug: slug ?? words.join("-") };
  });
  return entries.read;
};

/** The list in which to look: by the longest word. */
const startOf = (words) => {
  const longest = words.map(latin).reduce((best, word) => (word.length > best.length ? word : best), "");
  if (!longest && words.length) return OTHER;
  return longest.length < 2 ? null : longest.slice(0, 3);
};

/** How well a name answers: typed in full, its words in another order, each word in full, or begun. */
const rank = (asked, { words }) => {
  const full = asked.filter((word) => words.includes(word)).length === asked.length;
  if (!full || asked.length !== words.length) return full ? 1 : 0;
  return asked.every((word, n) => word === words[n]) ? 3 : 2;
};

/** Whether each word that was asked for begins a word of the name, every time another one. */
const begun = (asked, words) => {
  const free = [...words];
  return [...asked].sort((a, b) => b.length - a.length).every((start) => {
    const exact = free.indexOf(start);
    const place = exact >= 0 ? exact : free.findIndex((word) => word.startsWith(start));
    if (place < 0) return false;
    free.splice(place, 1);
    return true;
  });
};

/** All authors whose names answer, best first; null where too little is asked to look for. */
export const find = async (root, text) => {
  const asked = fold(text);
  const start = startOf(asked);
  if (!start) return null;
  const found = (await bucket(root, start)).filter(({ words }) => begun(asked, words));
  const ranked = found.map((author, place) => ({ ...author, rank: rank(asked, author), place }));
  return ranked.sort((a, b) => b.rank - a.rank || a.place - b.place);
};

/** The few authors to show above papers: names and numbers of papers. */
export const people = async (root, text) => {
  const found = (await find(root, text)) ?? [];
  // A beginning of three letters or more, or whole words: `de` alone is nobody in particular.
  const meant = fold(text).some((word) => word.length > 2 || !/^[a-z]/.test(word));
  const good = found.filter((author) => meant || author.rank);
  return { count: good.length, first: good.slice(0, MOST).map(({ name, slug, papers }) => ({ name, slug, papers })) };
};

/** The number of letters to change, add, drop or swap, as far as `most`. */
const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[], [...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last.at(-1);
};

/** An author whose name is spelt nearly so, or null. */
export const nearest = async (root, text) => {
  const asked = fold(text);
  if (!asked.length || asked.length > 5) return null;
  const starts = new Set(asked.filter((word) => /^[a-z]{3}/.test(word)).map((word) => word.slice(0, 3)));
  const written = asked.join(" ");
  const most = written.length < 8 ? 1 : 2;
  let best = null;
  for (const entries of await Promise.all([...starts].map((start) => bucket(root, start)))) {
    for (const { name, slug, papers, words } of entries) {
      const far = distance(written, words.join(" "), most);
      if (far <= most && far < (best?.far ?? most + 1)) best = { name, slug, papers, far };
    }
  }
  return best;
};
