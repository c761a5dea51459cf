// Runs the script in argv[2] and ends when standard input closes, which happens also when the parent is killed:
// a server started for a test or for `npm start` must not outlive it.
import { pathToFileURL } from "node:url";

process.stdin.on("close", () => process.exit()).resume();
process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1]).href);
