// Writes static/tabler.css: of Tabler's style sheet only what our pages can use, a seventh of its size.
//
//     npm ci --ignore-scripts && node deploy/lean.mjs
//
// Every word of templates, Python code and scripts (Tabler's own among them) counts as a name that may be used, so a
// class that is put together at run time must stand somewhere whole. tests/test_front_end.py tells when to run it.
import { writeFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

const [lean] = await new PurgeCSS().purge({
  content: ["templates/**/*.html", "fairs/**/*.py", "static/**/*.js"],
  css: ["static/vendor/tabler.min.css"],
  defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
  variables: true,
  // set by scripts while a page is used
  dynamicAttributes: ["data-bs-popper", "data-tblr-popper", "data-popper-placement", "open", "disabled", "checked", "aria-expanded"],
});
const css = lean.css.replace(/\/\*# sourceMappingURL.*?\*\//, "").trim();
writeFileSync("static/tabler.css", `${css}\n`);
console.log(`static/tabler.css: ${css.length} characters`);
