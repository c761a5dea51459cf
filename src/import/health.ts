import type { Workspace } from "../data/workspace";
import { parse } from "../dsl/parse";
import type { Account } from "../engine/book/account";
import { layoutOf } from "../engine/book/layout";
import { pricesAtOpen } from "../engine/markets/opening";
import { ruleSetOf } from "../engine/markets/rule-sets";
import type { Model } from "../engine/model";
import { buildModel } from "../model/build";
import { loadTables } from "../model/load";
import { ImportProblem } from "./import-problem";
import type { Imported } from "./imported";

/** An account whose health by the file is not what its contract says. */
export interface Difference {
  readonly account: string;
  readonly own: number;
  readonly contract: number;
}

/** What a contract says of an account's health. */
export interface StatedHealth {
  /** The market's name in the file. */
  readonly market: string;
  readonly account: string;
  readonly health: number;
  /** The debt in the smallest units that the contract compares: what it rounds is a few of them. */
  readonly units: number;
}

const TOLERANCE = 1e-6;
const ROUNDED_UNITS = 10;

/**
 * Reads what was written as a simulation would, and compares the health factors with those of the contracts.
 * @throws ImportProblem when the file has an error: it is not written then
 */
export async function differences(
  { text, data }: Pick<Imported, "text" | "data">,
  stated: readonly StatedHealth[],
): Promise<Difference[]> {
  const model = await modelOf(text, inMemory(data));
  const own = new Map(
    model.markets.flatMap(({ name }, index) =>
      healthOf(model, index).map(({ account, own }): [string, number] => [`${name} ${account}`, own]),
    ),
  );
  return stated.flatMap(({ market, account, health: contract, units }) => {
    const found = own.get(`${market} ${account.toLowerCase()}`) ?? Number.NaN;
    const isSame = Math.abs(found - contract) <= (TOLERANCE + ROUNDED_UNITS / units) * contract;
    return isSame ? [] : [{ account, own: found, contract }];
  });
}

function inMemory(data: Imported["data"]): Workspace {
  const files = new Map(data.map(({ path, text }) => [path, new TextEncoder().encode(text)]));
  return { read: async (path) => files.get(path)! };
}

/** Accounts under water stay: it is their health that is asked for. */
async function modelOf(text: string, workspace: Workspace): Promise<Model> {
  const { file, problems } = parse(text);
  if (!file) throw unreadable(problems);
  const books = Object.entries(file.books ?? {}).map(([name, book]) => [
    name,
    { ...book, atOpen: "liquidate" as const },
  ]);
  const kept = { ...file, books: Object.fromEntries(books) };
  const { model, findings } = buildModel(kept, await loadTables(kept, workspace));
  return model ?? raise(unreadable(findings));
}

function healthOf(model: Model, index: number): { account: string; own: number }[] {
  const layout = layoutOf(model, index);
  const rules = ruleSetOf(layout.market.rules);
  const { book } = layout.market;
  const price = pricesAtOpen(model, index).reserve;
  const account: Account = { layout, index: 0, amount: book.amount, price };
  const standing = { capacity: 0, debt: 0 };
  return book.accounts.map((name, i) => {
    account.index = i;
    rules.standing(account, standing);
    return { account: name, own: standing.capacity / standing.debt };
  });
}

function unreadable(problems: readonly { severity: string; message: string }[]): ImportProblem {
  const first = problems.find(({ severity }) => severity === "error");
  return new ImportProblem(
    `What the contracts say makes no right risk file: ${first?.message ?? "the file cannot be read."} Nothing was written. Choose another block, or report this with the deployment's address.`,
  );
}

function raise(error: Error): never {
  throw error;
}
