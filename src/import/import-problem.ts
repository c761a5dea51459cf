/** Why a deployment cannot be imported: what was found, what is allowed, what to do. */
export class ImportProblem extends Error {
  override readonly name = "ImportProblem";
}
