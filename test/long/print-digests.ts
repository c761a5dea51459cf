import { digestOfMath, digestOfRuns } from "../engine/digest";

process.stdout.write(`${digestOfMath()} ${digestOfRuns()}`);
