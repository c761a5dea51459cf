import { expect, test } from "vitest";
import { panelHtml } from "../../src/extension/panel-html";

const page = {
  nonce: "abc123",
  scriptUri: "https://host/dist/panel.js?a=1&b=2",
  styleUri: "https://host/dist/panel.css",
  cspSource: "https://host",
  title: "Plimsoll",
  lang: "en",
};

test("the page's policy allows its own script, sheet and pictures, and nothing else", () => {
  expect(panelHtml(page)).toContain(
    `content="default-src 'none'; script-src 'nonce-abc123'; style-src https://host; img-src https://host data:; base-uri 'none'; form-action 'none'"`,
  );
  expect(panelHtml(page)).not.toContain("unsafe-");
});

test("values are escaped where they stand", () => {
  const html = panelHtml({ ...page, title: '</title><script>"', lang: '"><' });
  expect(html).not.toMatch(/<script>|lang=""/);
  expect(html).toContain('src="https://host/dist/panel.js?a=1&#38;b=2"');
});

test("the texts of another language come with the page, as data", () => {
  const html = panelHtml({ ...page, texts: { Run: '"Los"</main>' } });
  expect(html).toContain(
    '<main id="plimsoll" data-texts="{&#34;Run&#34;:&#34;\\&#34;Los\\&#34;&#60;/main&#62;&#34;}"></main>',
  );
  expect(panelHtml(page)).not.toContain("data-texts");
});
