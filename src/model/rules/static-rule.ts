import type { Draft } from "../../dsl/parse";
import type { Finding } from "../../dsl/problem";

/** A rule on a risk file that may be half written: what is not there yet is not its business. */
export type StaticRule = (draft: Draft) => Finding[];
