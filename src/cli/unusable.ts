/** What was asked for cannot be done with what was given; the message alone explains it. Exit code 2. */
export class Unusable extends Error {
  override readonly name = "Unusable";
}
