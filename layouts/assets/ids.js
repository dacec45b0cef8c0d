// Identifiers: arXiv ids and DOIs as people write them, and where the paper stands that bears one. The
// lists below abs/ say so: by the month of the id, and by the last two figures of the DOI.

// Alone, with its version, within an address, or as the DOI that arXiv gives every paper.
const ID = /^(?:\S*arxiv\.org\/\w+\/|arxiv:\s*|(?:\S*doi\.org\/|doi:\s*)?10\.48550\/arxiv\.)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?$/i;
const DOI = /^(?:\S*doi\.org\/|doi:\s*)?(10\.\d{4,9}\/\S+)$/i;

/** Read a query as an identifier: `{ id }`, `{ doi }`, or null. */
export const parse = (text) => {
  const [, id] = text.trim().match(ID) ?? [];
  if (id) return { id };
  const [, doi] = text.trim().match(DOI) ?? [];
  return doi ? { doi: doi.toLowerCase() } : null;
};

/** Old ids are written with the archive's part or without it: `math.NA/0301001`, `math/0301001`. */
const bare = (id) => id.toLowerCase().replace(/\.[a-z]{2}\//, "/");

const lists = new Map();
const load = (address) => {
  if (!lists.has(address)) {
    const list = fetch(address).then((answer) => {
      if (answer.ok) return answer.json();
      if (answer.status === 404) return {}; // nothing of that month, or with that ending
      throw new Error(`${answer.status} ${address}`);
    });
    list.catch(() => lists.delete(address));
    lists.set(address, list);
  }
  return lists.get(address);
};

/** Return `{ id, day, path }` of the paper, or null where the archive does not hold it. */
export const locate = async (root, { id, doi }) => {
  if (doi) {
    const [ending] = doi.replace(/\D/g, "").match(/..$/);
    const known = (await load(`${root}abs/doi-${ending}.json`))[doi];
    return known ? locate(root, { id: known }) : null;
  }
  const days = await load(`${root}abs/${id.split("/").at(-1).slice(0, 4)}.json`);
  const written = id.includes("/") ? bare(id) : id.split(".")[1];
  for (const [day, papers] of Object.entries(days)) {
    const found = papers.split(" ").find((one) => (one.includes("/") ? bare(one) : one) === written);
    if (found) {
      const own = found.includes("/") ? found : id;
      return { id: own, day, path: `${day.replaceAll("-", "/")}/#${own}` };
    }
  }
  return null;
};
