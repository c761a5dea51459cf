import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Base } from "../dsl/base";
import type { Source } from "../dsl/parse";
import type { Finding, Problem } from "../dsl/problem";
import { heard } from "../dsl/suppress";
import type { Picture, RunStatus } from "../protocol/messages";
import type { Simulate } from "../run/simulate";
import { type Checked, check } from "./check";
import { type Coalesced, coalesce } from "./coalesce";
import type { EditorWorkspace } from "./data-files";
import type { Exposing } from "./exposure";
import { pictureOf } from "./picture";
import { readingOf } from "./reading";
import { anchored, isStale, type Results } from "./results";
import type { Settings } from "./settings";
import { graded, gradedButErrors } from "./severity";
import { startInSlices } from "./slices";
import { emptyStatus } from "./status";

/** What a session needs of its surroundings. */
export interface Services {
  readonly workspace: EditorWorkspace;
  readonly simulate: Simulate;
  readonly settings: () => Settings;
  readonly publish: (problems: readonly Problem[]) => void;
  readonly draw: (picture: Picture) => void;
  /** Shows that a run is under way; `cancel` is called when the person cancels it. */
  readonly progress: (cancel: () => void) => Progress;
  /** Called when runs have told something that what is shown in the text does not say yet. */
  readonly told: () => void;
  /** Called when the text has come to extend another file than before. */
  readonly rebase: () => void;
  readonly report: (error: unknown) => void;
}

export interface Progress {
  report(done: number, total: number): void;
  end(): void;
}

/** An open risk file. */
export interface Session {
  readonly document: TextDocument;
  readonly services: Services;
  /** Of a version that may be older than the document's; `refreshed` brings it up to date. */
  checked: Checked;
  /** The file that the document extends, as it was read last. */
  base?: Base;
  /** Tells the latest reading of the base from older ones. */
  rebasing?: object;
  status: RunStatus;
  /** The version whose diagnostics were published last. */
  published: number;
  /** Of the last finished run: what diagnostics tell. */
  finished?: Results;
  /** Of the latest run, finished or not: what the picture shows. */
  drawn?: Results;
  /** What is at stake in the newest model. */
  exposing?: Exposing;
  /** Asset of the fall curve, when the person has chosen one. */
  asset?: string;
  /** Whether the picture was last drawn as that of an older text. */
  stale: boolean;
  /** The run under way, and the fall curve. */
  running?: AbortController;
  redrawing?: AbortController;
  /** Checks the text once the edits already received are made. */
  readonly typing: Coalesced;
  /** Stops reading ahead what a large edit brought. */
  reading?: () => void;
  /** Draws the picture once the parts that come together are there. */
  readonly drawing: Coalesced;
}

/** What is known of a document as it is now, as loud as the person wants it and without what is silenced. */
export interface Knowledge {
  readonly checked: Checked;
  /** Wrong with the text itself. */
  readonly problems: readonly Problem[];
  /** Found by the static rules, or in data files, and nothing can be run before they are gone. */
  readonly obstacles: readonly Problem[];
  /** Found by the static rules and the last finished run. */
  readonly findings: readonly Problem[];
}

/**
 * Opens a session on a document. Its edits are published from then on; nothing is run yet.
 * @param read the document as it is now, when it was read already
 */
export function openSession(document: TextDocument, services: Services, read?: Source): Session {
  const session: Session = {
    document,
    services,
    checked: check(document, undefined, read),
    status: emptyStatus(),
    published: -1,
    stale: false,
    typing: coalesce(() => readEdit(session)),
    drawing: coalesce(() => draw(session)),
  };
  return session;
}

/** Ends what is under way and takes the diagnostics back. */
export function closeSession(session: Session): void {
  session.typing.cancel();
  session.reading?.();
  session.rebasing = undefined;
  session.drawing.cancel();
  session.running?.abort();
  session.running = undefined;
  session.redrawing?.abort();
  session.exposing = undefined;
  session.services.publish([]);
}

/**
 * The checks of the document as it is now.
 * @param read the document as it is now, when it was read already
 */
export function refreshed(session: Session, read?: Source): Checked {
  const { checked, document, base } = session;
  if (checked.version !== document.version) session.checked = check(document, checked, read, base);
  return session.checked;
}

export function knowledgeOf(session: Session): Knowledge {
  const checked = refreshed(session);
  const { source } = checked;
  const { rules } = session.services.settings();
  const found = parted(checked.findings);
  const ran = partedRun(session.finished);
  const placed = (findings: readonly Finding[]) =>
    session.finished ? anchored({ ...session.finished, findings }, source) : [];
  const obstacles = heard(source, [...found.errors, ...placed(ran.errors)], true);
  const others = [...graded(found.others, rules), ...placed(graded(ran.others, rules))];
  return {
    checked,
    problems: gradedButErrors(heard(source, source.problems, true), rules),
    obstacles: gradedButErrors(obstacles, rules),
    findings: heard(source, others, false),
  };
}

interface Parted<T> {
  readonly errors: readonly T[];
  readonly others: readonly T[];
}

function parted<T extends Finding | Problem>(all: readonly T[]): Parted<T> {
  const isError = ({ severity }: T) => severity === "error";
  return { errors: all.filter(isError), others: all.filter((each) => !isError(each)) };
}

/** The errors of a run that came to nothing are why. */
function partedRun(results: Results | undefined): Parted<Finding> {
  const { findings = [], assessment } = results ?? {};
  return assessment ? { errors: [], others: findings } : parted(findings);
}

export function publish(session: Session): void {
  const { checked, problems, obstacles, findings } = knowledgeOf(session);
  session.published = checked.version;
  session.services.publish([...problems, ...obstacles, ...findings]);
}

export function draw(session: Session): void {
  session.drawing.cancel();
  const { drawn, document, status, services } = session;
  const { source } = refreshed(session);
  session.stale = drawn !== undefined && isStale(drawn, source);
  services.draw(pictureOf({ uri: document.uri, source, status, stale: session.stale, results: drawn }));
}

/** A large edit is read a slice at a time; any other is followed at once. */
function readEdit(session: Session): void {
  session.reading?.();
  const { document, checked } = session;
  session.reading = startInSlices(readingOf(document, checked.source, session.base), (source) => {
    refreshed(session, source);
    followEdit(session);
  });
}

/** The picture is drawn again only when the edit makes its results old, or current again. */
function followEdit(session: Session): void {
  if (session.published === session.document.version) return;
  publish(session);
  if (session.checked.source.extends !== session.base?.path) session.services.rebase();
  const { drawn, checked, stale } = session;
  if (drawn && isStale(drawn, checked.source) !== stale) draw(session);
}
