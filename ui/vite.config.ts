import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

// One file: script and styles move into the page, and a strict policy names their hashes, so that nothing else
// can run and nothing can be fetched. The plain page's own style is part of it, for it stays inside.
function oneFile(): Plugin {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return {
    name: "one-file",
    enforce: "post",
    generateBundle(_, bundle) {
      const plain = readFileSync(new URL("../crates/report/src/style.css", import.meta.url), "utf8").trim();
      let script = "";
      let style = plain;
      for (const [name, part] of Object.entries(bundle)) {
        if (part.type === "chunk") script += part.code;
        else if (name.endsWith(".css")) style += "\n" + String(part.source).trim();
        delete bundle[name];
      }
      script = script.replaceAll("</script", "<\\/script").trim();
      const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; img-src blob: data:; base-uri 'none'; form-action 'none'`;
      const page = readFileSync(new URL("template.html", import.meta.url), "utf8")
        .replace("%POLICY%", () => policy)
        .replace("%STYLE%", () => style)
        .replace("%SCRIPT%", () => script);
      this.emitFile({ type: "asset", fileName: "app.html", source: page });
    },
  };
}

export default defineConfig({
  plugins: [svelte(), oneFile()],
  build: {
    target: "es2022",
    cssCodeSplit: false,
    modulePreload: false,
    lib: { entry: "src/main.ts", formats: ["iife"], name: "abilene", fileName: "app" },
  },
});
