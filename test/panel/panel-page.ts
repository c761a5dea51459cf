import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { browserOptions } from "../../scripts/chromium.mjs";
import { panelHtml } from "../../src/extension/panel-html";
import type { Picture } from "../../src/protocol/messages";
import type { PanelOut, PanelState } from "../../src/protocol/panel";
import { type Theme, themes } from "./themes";

/** What the stub of VS Code's side keeps on the page. */
interface Recorded {
  readonly sent: PanelOut[];
  readonly violations: string[];
  state: PanelState | undefined;
}

declare global {
  interface Window {
    recorded: Recorded;
  }
}

export interface Look {
  readonly theme?: Theme;
  readonly width?: number;
  readonly forcedColors?: boolean;
  /** What an earlier page of the panel had kept. */
  readonly state?: PanelState;
}

export interface PanelPages {
  /** A fresh page with the real bundle, sheet and policy. */
  open(look?: Look): Promise<Page>;
  close(): Promise<void>;
}

/**
 * Serves the panel as the extension does, to a real browser.
 * @param texts those of the display language, by the English ones
 */
export async function startPanelPages(texts?: Readonly<Record<string, string>>): Promise<PanelPages> {
  const [server, browser] = await Promise.all([servePanel(texts), chromium.launch(await browserOptions())]);
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { open: (look = {}) => openPage(browser, `http://127.0.0.1:${port}/`, look), close };
}

async function servePanel(texts?: Readonly<Record<string, string>>): Promise<Server> {
  const files = await bundles();
  const html = panelHtml({
    nonce: "bm9uY2U",
    scriptUri: "/panel.js",
    styleUri: "/panel.css",
    cspSource: "'self'",
    title: "Plimsoll",
    lang: "en",
    texts,
  });
  const answers: Record<string, readonly [string, string]> = {
    "/": ["text/html", html],
    "/panel.js": ["text/javascript", files.js],
    "/panel.css": ["text/css", files.css],
  };
  const server = createServer((request, response) => {
    const [type, body] = answers[request.url ?? ""] ?? ["text/plain", ""];
    response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** The panel's script and sheet as the build makes them, minified. */
export async function bundles(): Promise<{ js: string; css: string }> {
  const options = { bundle: true, minify: true, format: "iife", target: "es2022", write: false } as const;
  const [js, css] = await Promise.all(
    ["src/panel/main.ts", "src/panel/panel.css"].map((entry) => build({ ...options, entryPoints: [entry] })),
  );
  return { js: js.outputFiles[0].text, css: css.outputFiles[0].text };
}

async function openPage(browser: Browser, url: string, look: Look): Promise<Page> {
  const { theme = "dark", width = 800, forcedColors = false, state } = look;
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  if (forcedColors) await page.emulateMedia({ forcedColors: "active" });
  await page.addInitScript(stubVsCode, { variables: themes[theme], kept: state });
  await page.goto(url);
  return page;
}

/** Runs in the page before anything else. */
function stubVsCode({ variables, kept }: { variables: Record<string, string>; kept?: PanelState }): void {
  window.recorded = { sent: [], violations: [], state: kept };
  const dress = () => {
    for (const [name, value] of Object.entries(variables))
      document.documentElement.style.setProperty(name, value);
  };
  document.addEventListener("readystatechange", dress);
  document.addEventListener("securitypolicyviolation", (event) => {
    window.recorded.violations.push(event.effectiveDirective);
  });
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: PanelOut) => window.recorded.sent.push(message),
      getState: () => window.recorded.state,
      setState: (next: PanelState) => {
        window.recorded.state = next;
      },
    }),
  });
}

/** Sends a picture as the extension does, and waits until it is drawn. */
export async function send(page: Page, picture: Picture): Promise<void> {
  await page.evaluate((sent) => window.postMessage({ type: "picture", picture: sent }), picture);
  await page.evaluate(() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 30)));
}

export function recorded(page: Page): Promise<Recorded> {
  return page.evaluate(() => window.recorded);
}
