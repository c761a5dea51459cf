/** Seconds: 365 days, as protocols count. */
export const YEAR = 365 * 86_400;
