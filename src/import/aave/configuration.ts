/** A reserve's terms as the pool packs them; shares in basis points, caps in whole tokens, 0 for none. */
export interface Configuration {
  readonly ltv: number;
  readonly threshold: number;
  /** With the 100% it is on top of. */
  readonly bonus: number;
  readonly isActive: boolean;
  readonly isFrozen: boolean;
  readonly isBorrowable: boolean;
  readonly isPaused: boolean;
  readonly isBorrowableInIsolation: boolean;
  readonly isSiloed: boolean;
  readonly reserveFactor: number;
  readonly borrowCap: number;
  readonly supplyCap: number;
  readonly protocolFee: number;
  /** Of versions in which a reserve is in one E-mode; 0 for none. */
  readonly emode: number;
  /** In the base currency with two decimals. */
  readonly debtCeiling: number;
}

/** Layout: ReserveConfiguration.sol of aave/aave-v3-core. */
export function decodeConfiguration(bitmap: bigint): Configuration {
  const bits = (first: number, count: number) =>
    Number((bitmap >> BigInt(first)) & ((1n << BigInt(count)) - 1n));
  const flag = (bit: number) => bits(bit, 1) === 1;
  return {
    ltv: bits(0, 16),
    threshold: bits(16, 16),
    bonus: bits(32, 16),
    isActive: flag(56),
    isFrozen: flag(57),
    isBorrowable: flag(58),
    isPaused: flag(60),
    isBorrowableInIsolation: flag(61),
    isSiloed: flag(62),
    reserveFactor: bits(64, 16),
    borrowCap: bits(80, 36),
    supplyCap: bits(116, 36),
    protocolFee: bits(152, 16),
    emode: bits(168, 8),
    debtCeiling: bits(212, 40),
  };
}
