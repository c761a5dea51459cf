// Imported first by every script a person runs, so that an old Node ends in one plain sentence.
const required = [20, 20];
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < required[0] || (major === required[0] && minor < required[1])) {
  console.error(
    `Plimsoll needs Node ${required.join(".")} or newer, and this is Node ${process.versions.node}. ` +
      "Install a current version from https://nodejs.org/ or with a version manager (nvm, fnm, volta) and try again.",
  );
  process.exit(2);
}
