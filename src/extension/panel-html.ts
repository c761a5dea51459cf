export interface PanelHtml {
  /** Fresh for every page, from a cryptographic source. */
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly title: string;
  /** BCP 47 tag of the display language. */
  readonly lang: string;
  /** Texts by the English ones, where the display language is not English. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** The page of the panel: nothing runs but the one script with the nonce, nothing styles but our own sheet. */
export function panelHtml(page: PanelHtml): string {
  const [nonce, script, style, title, lang] = [
    page.nonce,
    page.scriptUri,
    page.styleUri,
    page.title,
    page.lang,
  ].map(escaped);
  return `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(contentSecurityPolicy(page))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<main id="plimsoll"${page.texts ? ` data-texts="${escaped(JSON.stringify(page.texts))}"` : ""}></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}

function contentSecurityPolicy({ nonce, cspSource }: PanelHtml): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
