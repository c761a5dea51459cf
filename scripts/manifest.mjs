// What the extension's manifest takes from elsewhere in the project.

/** The manifest whose setting `plimsoll.rules` knows these rules. Pure, so that a test can compare it with the committed one. */
export function withRules(manifest, rules) {
  const copy = structuredClone(manifest);
  copy.contributes.configuration.properties["plimsoll.rules"].propertyNames = { enum: rules };
  return copy;
}

export function manifestText(manifest) {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
