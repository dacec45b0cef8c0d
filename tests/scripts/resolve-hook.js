// @ts-check
// Lets scripts that are tested find one another, whose folders are not in their addresses, and the
// facts that Python has written for the test.
import { existsSync, readFileSync } from "node:fs";
import { registerHooks } from "node:module";

const top = new URL("../../", import.meta.url);
const settings = JSON.parse(readFileSync(new URL("tsconfig.json", top), "utf8"));
/** @type {string[]} */
const folders = settings.compilerOptions.rootDirs;

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier.endsWith("/facts.js")) {
      return { url: String(process.env.FACTS), shortCircuit: true };
    }
    const urls = folders.map((folder) => new URL(specifier, new URL(`${folder}/`, top)));
    const found = specifier.startsWith("./") && urls.find((url) => existsSync(url));
    return found ? { url: found.href, shortCircuit: true } : next(specifier, context);
  },
});
