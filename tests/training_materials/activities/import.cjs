// Imports an .h5p file with Lumi's H5P server and exports it again: `node import.cjs file.h5p folder`. Prints what it
// found as JSON; the export stands in the folder as exported.h5p.
const { createWriteStream, mkdirSync } = require("node:fs");
const { join } = require("node:path");
const { finished } = require("node:stream/promises");
const H5P = require(join(process.cwd(), "node_modules/@lumieducation/h5p-server"));

async function main([file, folder]) {
  const places = ["libraries", "temporary", "content"].map((name) => join(folder, name));
  places.forEach((place) => mkdirSync(place, { recursive: true }));
  const [libraries, temporary, content] = places;
  const storage = new H5P.fsImplementations.FileLibraryStorage(libraries);
  const editor = new H5P.H5PEditor(
    new H5P.fsImplementations.InMemoryStorage(),
    new H5P.H5PConfig(new H5P.fsImplementations.InMemoryStorage(), { contentHubEnabled: false }),
    storage,
    new H5P.fsImplementations.FileContentStorage(content),
    new H5P.fsImplementations.DirectoryTemporaryFileStorage(temporary),
  );
  const user = { id: "1", name: "Bình", email: "binh@example.org", type: "local" };
  const found = await editor.uploadPackage(file, user);
  const installed = (await storage.getInstalledLibraryNames()).map((library) => library.machineName).sort();
  const main = found.metadata.preloadedDependencies.find((one) => one.machineName === found.metadata.mainLibrary);
  const name = `${main.machineName} ${main.majorVersion}.${main.minorVersion}`;
  const parameters = structuredClone(found.parameters);
  const { id } = await editor.saveOrUpdateContentReturnMetaData(undefined, parameters, found.metadata, name, user);
  const exported = createWriteStream(join(folder, "exported.h5p"));
  await editor.exportContent(id, exported, user);
  await finished(exported);
  process.stdout.write(JSON.stringify({ metadata: found.metadata, parameters: found.parameters, installed }));
}

main(process.argv.slice(2)).then(() => process.exit(0), (error) => {
  process.stderr.write(`${error.stack} ${JSON.stringify(error.errors || error.replacements || "")}`);
  process.exit(1);
});
