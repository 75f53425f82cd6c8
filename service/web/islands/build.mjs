// Bundles the islands, htmx and the style sheets into ../static/built, under names that carry their content's hash.
// manifest.json says which file a name stands for; licences.txt carries the notices of what was bundled.
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";

const out = "../static/built";
const entryPoints = ["index.ts", "mandat.css", "diagram.css", "editor.css"];

const common = {
  outdir: out,
  entryNames: "[name]-[hash]",
  bundle: true,
  target: "es2022",
  minify: true,
  metafile: true,
  legalComments: "none", // licences.txt has the whole texts
};

await rm(out, { recursive: true, force: true });
const served = await build({
  ...common,
  entryPoints,
  chunkNames: "chunk-[name]-[hash]",
  assetNames: "[name]-[hash]",
  splitting: true,
  format: "esm",
  loader: { ".woff2": "file" }, // fonts are files: the page's policy refuses data addresses for them
});
const carried = await build({ ...common, entryPoints: ["dossier.ts"], format: "iife" }); // opens from a disk, in one piece

const manifest = {};
const packages = new Set();
for (const [file, { entryPoint, inputs }] of [served, carried].flatMap((it) => Object.entries(it.metafile.outputs))) {
  if ([...entryPoints, "dossier.ts"].includes(entryPoint)) {
    manifest[entryPoint.replace(/\.ts$/, ".js")] = basename(file);
  }
  for (const input of Object.keys(inputs)) {
    const name = input.match(/(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
    if (name) packages.add(name);
  }
}

const notices = [];
for (const name of [...packages].sort()) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} is bundled but brings no licence text`);
  const text = await readFile(join(folder, file), "utf8");
  notices.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
}

await writeFile(join(out, "licences.txt"), notices.join(`\n${"-".repeat(80)}\n\n`));
await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
