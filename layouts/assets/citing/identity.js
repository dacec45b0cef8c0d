// @ts-check
// Which paper an entry of somebody's file is. Figures alone name nothing: an arXiv id counts in a
// field for it, behind arXiv's name, or in an address of arXiv.
import { ofAddress, ofDoi } from "./addresses.js";
import { ARXIV_ID, LONGEST_SERVER, SERVER } from "./facts.js";
import { fold } from "./fold.js";
import { isArxiv } from "./ids.js";
import { parted } from "./people.js";

/** @typedef {{ title: string, authors: string[], published: string, doi?: string }} Described */

const TITLED = "title:"; // what entries go by that state no identifier
const MONTH = /(?:^|\/)\d\d(?:0[1-9]|1[0-2])/;
const OF_PREPRINTS = new RegExp(SERVER, "i");
const PLAIN = new RegExp(`^(${ARXIV_ID})(?:v\\d+)?$`, "i");
const LABEL = String.raw`(?:corr|arxiv(?:\.org)?(?:[\s-]+(?:e-?prints?|preprints?))*)`;
const LABELLED = new RegExp(
  `^(?:${LABEL}[\\s,:.]*)+(?:abs\\/)?(${ARXIV_ID})(?:v\\d+)?(?:\\s*[[(][\\w.,\\s-]*[\\])])*[\\s.,;]*$`,
  "i",
);
const ABSTRACT = new RegExp(`^abs\\/(${ARXIV_ID})(?:v\\d+)?$`, "i"); // DBLP's volume of CoRR
/** What papers go by that this site knows otherwise than by arXiv's id. */
const ANCHORED =
  /^(?:doi-10\.|openreview-[\w-]{6}|acl-(?:[A-Z]\d\d-|\d{4}\.)|eprint-\d{4}\/|(?:bio|med)rxiv-10\.|paper-.*-[0-9a-f]{8}$)/;

/** @param {string | undefined} id */
const valid = (id) => (id && MONTH.test(id) && isArxiv(id) ? id : "");

/** The arXiv id that a field for such ids holds. @param {string} said */
export const plainId = (said) => valid(PLAIN.exec(said.trim())?.[1]) || labelledId(said);

/** The arXiv id that a text is, behind arXiv's name. @param {string} said */
export const labelledId = (said) =>
  valid((LABELLED.exec(said.trim()) ?? ABSTRACT.exec(said.trim()))?.[1]);

/** Whether a journal is a server of preprints. @param {string} journal */
export const isServer = (journal) => journal.length <= LONGEST_SERVER && OF_PREPRINTS.test(journal);

/** A DOI without what stands around it; empty for what is none. @param {string} said */
export const bareDoi = (said) => {
  const [, found = ""] = /(10\.\d{4,9}(?:\/|%2f)[^\s"<>]+)/i.exec(said) ?? [];
  return found.replace(/%2f/i, "/").replace(/[.,;}]+$/, "");
};

/** What a paper goes by that states no identifier: title, first author's family name, and year.
 * @param {Described} paper */
export const titleKey = ({ title, authors, published }) => {
  const one = parted(authors[0] ?? "");
  const name = "literal" in one ? one.literal : one.family;
  const words = [title, name].map((part) => fold(part).join(" ") || part.trim());
  return `${TITLED}${[...words, published.slice(0, 4)].join("|")}`;
};

/** Whether an id is made of title, author and year. @param {string} id */
export const isTitleKey = (id) => id.startsWith(TITLED);

/** Whether a list of ours may have an entry of this id. @param {string} id */
export const isOurs = (id) =>
  isArxiv(id) || ANCHORED.test(id) || id.startsWith("doi:10.") || isTitleKey(id);

/** Whether it is the anchor of a paper that is known otherwise than by arXiv's id. @param {string} id */
export const isAnchor = (id) => ANCHORED.test(id);

/**
 * What an entry goes by in the reading list, and its DOI.
 * @param {Described} paper
 * @param {{ ids?: string[], labelled?: string[], addresses?: string[] }} said fields for arXiv ids, fields that may name one, and addresses
 * @returns {{ id: string, doi: string }}
 */
export const identified = (paper, { ids = [], labelled = [], addresses = [] }) => {
  const places = addresses.map(ofAddress);
  const doi = bareDoi(paper.doi ?? "") || (places.find((one) => one.doi)?.doi ?? "");
  const own = doi ? (ofDoi(doi).id ?? "") : "";
  const away = places.map((one) => one.id ?? "");
  const named = [own, ...ids.map(plainId), ...labelled.map(labelledId), ...away].filter(Boolean);
  const arxiv = named.find((one) => isArxiv(one) && MONTH.test(one));
  const other = named.find((one) => !isArxiv(one));
  const id = arxiv ?? other ?? (doi ? `doi:${doi.toLowerCase()}` : titleKey(paper));
  return { id, doi };
};

/** @typedef {Described & { id: string }} Entry */

/**
 * Finds the entry that a list has of a paper, be it under another id: by DOI, or by title, author
 * and year where one of the two states no identifier.
 * @template {Entry} T
 * @param {T[]} entries
 */
export const finder = (entries) => {
  /** @type {Map<string, T[]>} */
  const known = new Map();
  /** @param {Entry} paper */
  const keys = ({ id, doi, ...paper }) => [
    id,
    titleKey(paper),
    ...(doi ? [`doi:${doi.toLowerCase()}`] : []),
  ];
  /** @param {T} entry */
  const add = (entry) => {
    for (const key of keys(entry)) known.set(key, [...(known.get(key) ?? []), entry]);
  };
  entries.forEach(add);
  /** @param {Entry} paper @returns {T | undefined} */
  const find = (paper) => {
    const [id, title, doi] = keys(paper);
    const same = known.get(id)?.[0] ?? (doi && known.get(doi)?.[0]);
    if (same) return same;
    const alike = known.get(title) ?? [];
    const fitting = isNamed(paper.id) ? alike.filter((one) => !isNamed(one.id)) : alike;
    return fitting.length === 1 ? fitting[0] : undefined;
  };
  return { add, find };
};

/** Whether an id names one paper alone. @param {string} id */
const isNamed = (id) => isOurs(id) && !isTitleKey(id);
