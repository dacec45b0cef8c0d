// @ts-check
// How near one spelling is to another.

const MOST_PAIRS = 4;

/**
 * A word with pairs of letters that stand for ä, ö and ü written as the index has these: `muelbach`
 * gives `mulbach`. Of several pairs all come first, since a writer has either letter or neither.
 * @param {string} word folded
 */
export const plainer = (word) => {
  const pairs = [...word.matchAll(/[aou]e/g)].map(({ index }) => index).slice(0, MOST_PAIRS);
  const found = [];
  for (let chosen = 2 ** pairs.length - 1; chosen > 0; chosen -= 1) {
    const dropped = new Set(pairs.filter((_, n) => chosen & (1 << n)).map((place) => place + 1));
    found.push([...word].filter((_, place) => !dropped.has(place)).join(""));
  }
  return found;
};

/**
 * The number of letters to change, add, drop or swap with a neighbour; `most + 1` if it is larger.
 * @param {string} a
 * @param {string} b
 * @param {number} most
 */
export const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let last = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, changed);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
};
