import { join } from "node:path";
import { expect, it } from "vitest";
import { checkFirstLook } from "../../scripts/check.mjs";
import { copyOfExamples } from "../../scripts/host-suite.mjs";
import { root } from "../../scripts/shell.mjs";
import { startHost } from "../../scripts/vscode-host.mjs";

const vsix = join(root, "dist/plimsoll.vsix");
const settings = { "plimsoll.openOnStart": "aave-v3-core.risk.yaml" };

it("what npm start opens shows a finding and the charts, and asks for the token", async () => {
  const host = await startHost({ vsix, settings, token: "a-token-of-this-test" });
  const examples = await copyOfExamples();
  try {
    const withoutToken = await fetch(`http://127.0.0.1:${host.port}/?folder=${examples.folder}`);
    expect(withoutToken.status).toBe(403);
    const { findings, drawn } = await checkFirstLook(host.url(examples.folder));
    expect(findings.length).toBeGreaterThan(0);
    expect(drawn.map(({ name }) => name)).toEqual(["fall-curve", "worst-path", "loss-distribution"]);
  } finally {
    await host.stop();
    await examples.remove();
  }
});
