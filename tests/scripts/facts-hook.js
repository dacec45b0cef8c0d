// @ts-check
// Lets scripts that are tested find the facts that Python has written for the test.
import { registerHooks } from "node:module";

registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith("/facts.js")
      ? { url: String(process.env.FACTS), shortCircuit: true }
      : next(specifier, context),
});
