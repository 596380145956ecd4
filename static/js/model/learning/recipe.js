// What recipe a new session is made of: a preset's, or that of the present session with some of it replaced.
// A session that was changed on the way goes on with what it was changed to.

/** The preset the page begins with where an address names none. */
export const FIRST_PRESET = "two_spirals";

/**
 * @param {import("../types.d.ts").SessionDocument} session
 * @param {Record<string, unknown>} other
 */
export function recipeLike({ recipe, training, network }, other) {
  const { parameters, ...rest } = recipe;
  const isDrawn = "network" in other || "initialization" in other;
  return { ...rest, ...(parameters && !isDrawn ? { parameters } : {}), network, training, ...other };
}

/** The session with other data, and the network that fits it. @param {import("../types.d.ts").SessionDocument} session @param {object} data @param {{network: any, resized: boolean}} fitted */
export function recipeOn(session, data, { network, resized }) {
  return recipeLike(session, resized ? { data, network } : { data, network, ...keptParameters(session) });
}

/** @param {import("../types.d.ts").SessionDocument} session */
const keptParameters = ({ recipe }) => (recipe.parameters ? { parameters: recipe.parameters } : {});
