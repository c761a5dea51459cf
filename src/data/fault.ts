import * as l10n from "@vscode/l10n";
import { FileProblem } from "./workspace";

/** Larger files would hold the editor up for seconds; a million positions fit well below. */
export const LARGEST_FILE = 256 * 1024 * 1024;

/** Why a file cannot be read. */
export type FileFault =
  | "missing"
  | "folder"
  | "irregular"
  | "too-large"
  | "forbidden"
  | "untrusted"
  | "nowhere"
  | "unreadable";

/**
 * What to tell of a file that cannot be read.
 * @param size of a file that is too large, in bytes
 * @param detail what the file system said, where nothing else is known
 */
export function faultProblem(fault: FileFault, { size = 0, detail = "" } = {}): FileProblem {
  switch (fault) {
    case "missing":
      return missing(l10n.t("does not exist. Paths are relative to the folder of the risk file."));
    case "folder":
      return missing(l10n.t("is a folder. Name a CSV file."));
    case "forbidden":
      return missing(l10n.t("may not be read. Check the file's permissions."));
    case "untrusted":
      return missing(
        l10n.t(
          "lies outside the workspace, which is not trusted, and is not read. Move it into the workspace, or trust the workspace.",
        ),
      );
    case "nowhere":
      return missing(
        l10n.t(
          "cannot be read: this risk file is not on disk, so it has no folder to look in. Save it beside its data files.",
        ),
      );
    case "unreadable":
      return missing(l10n.t("cannot be read: {0}.", detail));
    case "irregular":
      return unusable(l10n.t("is no regular file. Save its rows to a CSV file."));
    case "too-large":
      return unusable(
        l10n.t(
          "has {0} MiB; data files may have up to 256 MiB. Keep only the rows and columns that are needed.",
          Math.round(size / 1024 / 1024),
        ),
      );
  }
}

function missing(message: string): FileProblem {
  return new FileProblem("missing-file", message);
}

function unusable(message: string): FileProblem {
  return new FileProblem("unusable-file", message);
}
