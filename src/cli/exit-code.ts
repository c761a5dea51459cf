/** What the program tells the shell. Undecided limits are warnings and pass. */
export const ExitCode = {
  pass: 0,
  /** A limit is broken, or the file has an error. */
  fail: 1,
  /** Wrong usage, or input that is not a risk file. */
  unusable: 2,
  /** The program itself failed. */
  broken: 3,
  /** As shells do for a program ended by an interrupt. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
