import type { Venue } from "../model";

/** One venue of a route, and whether it is passed by selling its traded asset. */
export interface Hop {
  readonly venue: number;
  readonly selling: boolean;
}

/** Venues passed in turn from one asset to another; empty when they are the same. */
export type Route = readonly Hop[];

const longestRoute = 4;

/**
 * All routes between two assets that pass no asset twice, shorter ones first and then in order of venue:
 * at equal output the first is taken, so ties do not depend on anything else.
 */
export function routesBetween(venues: readonly Venue[], from: number, to: number): readonly Route[] {
  const found: Hop[][] = [];
  const visit = (asset: number, route: Hop[], passed: readonly number[]): void => {
    if (asset === to) {
      found.push(route);
      return;
    }
    if (route.length === longestRoute) return;
    venues.forEach((venue, index) => {
      const next = otherSide(venue, asset);
      if (next === undefined || passed.includes(next)) return;
      visit(next, [...route, { venue: index, selling: venue.traded === asset }], [...passed, next]);
    });
  };
  visit(from, [], [from]);
  return found.sort((a, b) => a.length - b.length);
}

/** A label for each route, the same for those that share a venue, also through others. */
export function connectedRoutes(routes: readonly Route[]): Int32Array {
  const labels = Int32Array.from(routes, (_, i) => i);
  routes.forEach((route, i) => {
    for (let other = 0; other < i; other++) {
      if (sharesVenue(route, routes[other])) relabel(labels, labels[i], labels[other]);
    }
  });
  return labels;
}

function sharesVenue(a: Route, b: Route): boolean {
  return a.some((hop) => b.some((other) => other.venue === hop.venue));
}

function relabel(labels: Int32Array, from: number, to: number): void {
  for (let i = 0; i < labels.length; i++) if (labels[i] === from) labels[i] = to;
}

function otherSide(venue: Venue, asset: number): number | undefined {
  if (venue.traded === asset) return venue.quote;
  return venue.quote === asset ? venue.traded : undefined;
}
