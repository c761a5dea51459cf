/** What the texts of the extension need of VS Code where there is none: the library by which it translates them. */
export * as l10n from "@vscode/l10n";
