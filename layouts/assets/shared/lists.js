// @ts-check
// Fetches the lists that a build writes for scripts to look things up in, each once.

/** @type {Map<string, Promise<any>>} */
const kept = new Map();

/**
 * Fetch JSON, once; `otherwise` if there is no such file. Without `otherwise` that is an error.
 * @param {string} address
 * @param {unknown} [otherwise]
 */
export const load = (address, otherwise) => {
  let answer = kept.get(address);
  if (!answer) {
    answer = fetch(address).then((found) => {
      if (found.ok) return found.json();
      if (found.status === 404 && otherwise !== undefined) return otherwise;
      throw new Error(`${found.status}`);
    });
    answer.catch(() => kept.delete(address));
    kept.set(address, answer);
  }
  return answer;
};
