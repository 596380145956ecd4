// The shapes the page of expressions works with: a graph as the API answers it, the page's own state and its actions.
// A graph has steps of the same shape as a network's, so it stands in the state where the trace of a network does.

import type { components } from "../api-types.d.ts";
import type { Phase, Problem, Step, Theme } from "../types.d.ts";

type Api = components["schemas"];

export type Granularity = "pass" | "node" | "term";
export type Tab = "equation" | "receipt" | "check" | "published" | "call";
export type Node = Api["NodeAnswer"];
export type Edge = Api["EdgeAnswer"];
export type Values = Record<string, number>;

/** The body of POST /graphs that decides the numbers. */
export interface GraphRequest { expression: string; values: Values }

export interface GraphTrace {
  expression: string;
  values: Values;
  textbook: string;
  granularity?: Granularity;
  output: number;
  value: number | null;
  nodes: Node[];
  edges: Edge[];
  kinks: { node: number; words?: string }[];
  steps: Step[];
  diverged?: { step: number; layer: number; quantity: string };
}

export interface GraphExample {
  id: string;
  name: string;
  title: string;
  author: string;
  source: string;
  settings: string;
  group: string;
  textbook: string;
  request: GraphRequest;
  printed: { ref: string; value: number; digits: string; computed: number; agrees: boolean; note: string; words: string; scale: number }[];
}

/** What was typed and is not drawn: it stays in its fields until it can be computed. */
export interface Draft { expression: string; values: Record<string, string> }

/** A push of one input and what the server says came of it. */
export interface Nudge { name: string; change: number; answer: any; problem: Problem | null }

export interface GraphState {
  trace: GraphTrace;
  cursor: number;
  motion: "animate" | "jump";
  granularity: Granularity;
  textbook: string;
  digits: number;
  theme: Theme;
  speed: number;
  playing: boolean;
  pointed: string | null;
  selected: string | null;
  tab: Tab;
  catalogue: { examples: GraphExample[]; textbooks: { name: string; author: string; title: string }[]; limits: Record<string, number> };
  /** What stands in the fields; null while it is what is drawn. */
  draft: Draft | null;
  /** What is wrong with what was typed. */
  problem: Problem | null;
  nudge: Nudge | null;
  check: { stepSize: number; name: string; answer: any; curve: any; problem: Problem | null };
  connection: null | "lost" | "back";
  busy: boolean;
  notice: string;
  reducedMotion: boolean;
}

export type GraphAction =
  | { type: "next"; hold?: boolean; auto?: boolean } | { type: "back"; hold?: boolean }
  | { type: "first" } | { type: "last" } | { type: "nextLayer" } | { type: "backLayer" }
  | { type: "seek"; step: number } | { type: "seekFine"; index: number }
  | { type: "play" } | { type: "pause" } | { type: "speed"; value: number }
  | { type: "granularity"; value: Granularity } | { type: "textbook"; value: string }
  | { type: "point"; ref: string | null } | { type: "select"; ref: string | null }
  | { type: "digits"; value: number } | { type: "tab"; value: Tab } | { type: "theme"; value: Theme }
  | { type: "reducedMotion"; value: boolean } | { type: "busy"; value: boolean } | { type: "connection"; value: GraphState["connection"] }
  | { type: "load"; id: string }
  | { type: "typed"; draft: Draft } | { type: "compute"; request: GraphRequest; draft: Draft }
  | { type: "computed"; trace: GraphTrace; cursor?: number; granularity?: Granularity; keepPlace?: boolean; draft?: Draft | null }
  | { type: "retold"; trace: GraphTrace; granularity: Granularity }
  | { type: "refused"; problem: Problem }
  | { type: "nudge"; name: string; change: number } | { type: "nudged"; trace: GraphTrace; answer: any; problem: Problem | null }
  | { type: "checkName"; value: string } | { type: "curved"; trace: GraphTrace; curve: any; problem: Problem | null }
  | { type: "stepSize"; value: number } | { type: "checked"; trace: GraphTrace; answer: any; problem: Problem | null };

export type GraphDispatch = (action: GraphAction) => void;
export type { Phase, Problem, Step };
