import { type Hex, zeroAddress } from "viem";
import type { Chain } from "../chain";
import { kebabName } from "../names";
import * as abi from "./abi";
import type { Reserve } from "./deployment";

/** An E-mode category; shares in basis points. */
export interface Emode {
  readonly id: number;
  readonly name: string;
  readonly ltv: number;
  readonly threshold: number;
  readonly bonus: number;
  /** Assets by name. */
  readonly collateral: readonly string[];
  readonly borrowable: readonly string[];
  /** Of old versions: one price for all of its assets, which a file cannot say. */
  readonly hasOwnPrice: boolean;
}

interface Terms {
  readonly ltv: number;
  readonly liquidationThreshold: number;
  readonly liquidationBonus: number;
}

const IDS = Array.from({ length: 255 }, (_, i) => i + 1);

/** The categories that somebody has set up: those with a threshold. What is no collateral without one is left out. */
export async function readEmodes(chain: Chain, pool: Hex, reserves: readonly Reserve[]): Promise<Emode[]> {
  const [probe] = await chain.ask<Terms>([call(pool, "getEModeCategoryCollateralConfig", 1)]);
  const found = probe
    ? await readByBitmaps(chain, pool, reserves)
    : await readByReserves(chain, pool, reserves);
  const taken = new Set<string>();
  return found.map(({ label, terms, ...emode }) => {
    const name = kebabName(label, taken, `emode-${emode.id}`);
    taken.add(name);
    return {
      ...emode,
      name,
      ltv: terms.ltv,
      threshold: terms.liquidationThreshold,
      bonus: terms.liquidationBonus,
    };
  });
}

type Found = Pick<Emode, "id" | "collateral" | "borrowable" | "hasOwnPrice"> & {
  readonly label: string;
  readonly terms: Terms;
};

async function readByBitmaps(chain: Chain, pool: Hex, reserves: readonly Reserve[]): Promise<Found[]> {
  const all = await chain.need<Terms>(IDS.map((id) => call(pool, "getEModeCategoryCollateralConfig", id)));
  const used = IDS.filter((_, i) => all[i].liquidationThreshold > 0);
  const bitmaps = (name: string) => chain.need<bigint>(used.map((id) => call(pool, name, id)));
  const collateral = await bitmaps("getEModeCategoryCollateralBitmap");
  const borrowable = await bitmaps("getEModeCategoryBorrowableBitmap");
  const labels = await chain.need<string>(used.map((id) => call(pool, "getEModeCategoryLabel", id)));
  const named = (bitmap: bigint, among: readonly Reserve[]) =>
    among.filter(({ id }) => (bitmap >> BigInt(id)) & 1n).map(({ name }) => name);
  const accepted = reserves.filter(({ terms }) => terms.threshold > 0);
  return used.map((id, i) => ({
    id,
    label: labels[i],
    terms: all[IDS.indexOf(id)],
    collateral: named(collateral[i], accepted),
    borrowable: named(borrowable[i], reserves),
    hasOwnPrice: false,
  }));
}

/** Before v3.2 each reserve names its category, and is both collateral and borrowable in it. */
async function readByReserves(chain: Chain, pool: Hex, reserves: readonly Reserve[]): Promise<Found[]> {
  const used = [...new Set(reserves.map(({ terms }) => terms.emode))]
    .filter((id) => id > 0)
    .sort((a, b) => a - b);
  const all = await chain.need<Terms & { readonly priceSource: Hex; readonly label: string }>(
    used.map((id) => ({ to: pool, abi: abi.oldEmodes, name: "getEModeCategoryData", args: [id] })),
  );
  return used.map((id, i) => {
    const members = reserves.filter(({ terms }) => terms.emode === id);
    return {
      id,
      label: all[i].label,
      terms: all[i],
      collateral: members.filter(({ terms }) => terms.threshold > 0).map(({ name }) => name),
      borrowable: members.map(({ name }) => name),
      hasOwnPrice: all[i].priceSource !== zeroAddress,
    };
  });
}

function call(to: Hex, name: string, id: number) {
  return { to, abi: abi.emodes, name, args: [id] };
}
