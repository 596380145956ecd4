// The shapes the page works with: a trace and its steps as the API answers them, and the page's own state and actions.
// What comes from the server is taken from the generated description of the API and only narrowed where the page relies on more.

import type { components } from "./api-types.d.ts";

type Api = components["schemas"];
type Narrowed<T, N> = Omit<T, keyof N> & N;
/** Numbers that are not finite come as null; the page formats them, so within arrays they are typed as numbers. */
type Numbers<T> = T extends (infer U)[] ? Numbers<U>[] : T extends number | null ? number : T;
type Arrays<T> = { [K in keyof T]: K extends "layer" ? number : Numbers<NonNullable<T[K]>> | Extract<T[K], null | undefined> };

export type Phase = "forward" | "cost" | "backward" | "gradient" | "update";
export type Granularity = "pass" | "layer" | "equation" | "neuron" | "term";
/** How an equation step falls into parts. */
export type Plan = Api["Plan"];
export type Theme = "system" | "light" | "dark";
export type Tab = "experiment" | "equation" | "matrices" | "receipt" | "published" | "call";
export type Rows = number[][];

/** Names of functions are texts here: the editor offers what the catalogue lists and the server judges the choice. */
export interface LayerShape {
  size: number;
  activation: string;
  /** Layers whose activations, one after the other, are its input; left out, the layer before. */
  sources?: number[];
  /** Layers of its size that are added to its weighted input, without weights. */
  adds?: number[];
}
export type Network = Narrowed<Partial<Api["NetworkSpec"]>, { inputs: number; cost: string; input_activation?: string; layers: LayerShape[] }>;
export interface ParameterValues { weights: Rows[]; biases?: number[][] | null }
export interface Batch { inputs: Rows; targets?: Rows | null }
export interface Initialization { scheme: string; seed: number }

/** The body of POST /traces. */
export type TraceRequest = Narrowed<Pick<Partial<Api["TraceRequest"]>, "learning_rate" | "freeze_biases" | "example">, {
  /** How the parameters move, and what that remembers; left out of plain gradient descent. */
  optimizer?: Api["OptimizerSpec"];
  optimizer_state?: { updates?: number; layers: Record<string, unknown>[] };
  network: Network;
  parameters?: ParameterValues | null;
  initialization?: Initialization | null;
  batch: Batch;
  granularity?: Granularity;
  textbook?: string;
}>;

/** The page makes pieces of its own too, so what the server always sends may be left out here. */
export type NumberPiece = Narrowed<Partial<Api["Number"]>, { value: number | null; ref: string; sign?: string; bold?: boolean }>;
export type SymbolPiece = Narrowed<Partial<Api["Symbol"]>, { tex: string; result?: boolean; bold?: boolean }>;
export type MatrixPiece = Narrowed<Partial<Api["Matrix"]>, { matrix: (NumberPiece | null)[][]; bold?: boolean }>;
export type Piece = string | NumberPiece | SymbolPiece | MatrixPiece;

export type Line = Narrowed<Api["Line"], { symbols: Piece[]; numbers: Piece[] }>;
export type Link = Api["Link"];
export type Remark = Api["Remark"];
export type Panel = Api["Panel"];
export type Inspection = Api["Inspection"];
export type Factor = Api["Factor"];
export type Arrangement = Api["Arrangement"];

/** Products along the edges into `layer`, from or to the neurons of `source`; `first` is the column of the weights where these begin. */
export interface Products { kind: string; layer: number; values: Rows; source?: number; first?: number }

export type Step = Narrowed<Api["Step"], {
  phase: Phase;
  orientation: "column" | "row" | "matrix" | "transposed matrix" | "matrix, one column an example" | "scalar";
  result: Rows | number[] | number | null;
  terms: null | Products;
  /** Further products of the same step, where a layer is read by several. */
  branches?: Products[];
  lines: Line[];
  derivation: Line[];
  members?: number[];
}>;

export type LayerTrace = Arrays<Api["LayerAnswer"]>;

export type Trace = Narrowed<Api["TraceAnswer"], {
  network: Network;
  parameters: ParameterValues;
  batch: Batch;
  precision?: string;
  granularity: Granularity;
  cost: number;
  costs: number[];
  layers: LayerTrace[];
  /** Traces that tests make by hand may leave it out. */
  lens?: Api["LensAnswer"];
  steps: Step[];
  diverged?: Api["Divergence"] | null;
}>;

/** A session as `GET /sessions/{id}` answers it; `id` is left out for whoever may only watch. */
export interface SessionDocument {
  id?: string;
  watch: string;
  may: "drive" | "watch";
  revision: number;
  recipe: any;
  training: any;
  network: Network;
  changes: any[];
  status: "paused" | "running" | "finished" | "diverged";
  reason: string | null;
  update: number;
  reached: number;
  epoch: number;
  row: number;
  updates_per_epoch: number;
  diverged: { update: number; layer: number; quantity: string; sentence: string } | null;
  data: any;
}

export type PrintedNumber = Api["Printed"];
export type PublishedExample = Narrowed<Api["Example"], { request: TraceRequest }>;

export type Problem = Narrowed<Partial<Api["ProblemDocument"]>, {
  title: string;
  detail: string;
  errors?: { pointer?: string; detail: string }[];
  /** The control of the page it concerns. */
  control?: string;
}>;

/** One place the reader can come back to: a trace and where they stood in it. */
export interface Place { request: TraceRequest; trace: Trace; cursor: number; update: number; history: Past[]; published: PublishedExample | null; session: Attached | null }
/** A trace of an earlier update. */
export interface Past { request: TraceRequest; trace: Trace }

/** The session whose next update the step page shows. `own` says that a number was changed here, so that it is a copy. */
export interface Attached {
  id: string;
  may: "drive" | "watch";
  revision: number;
  update: number;
  epoch: number;
  perEpoch: number;
  title: string;
  status: SessionDocument["status"];
  own: boolean;
}

export interface State {
  session: Attached | null;
  request: TraceRequest;
  trace: Trace;
  history: Past[];
  undo: Place[];
  update: number;
  cursor: number;
  /** Which part of the step under the cursor, at the granularities finer than an equation. */
  part: number;
  /** Windows of fine steps that were told, the newest last. */
  told: { trace: Trace | null; granularity: Granularity; windows: { first: number; steps: Step[] }[] };
  /** The text whose words are wanted; a trace of an earlier update may still be told in those of another. */
  textbook: string;
  /** Where switching between texts began, until the reader moves. */
  home: import("./switching.js").Home | null;
  /** The panels opened at a step. */
  asked: import("./asking.js").Asked;
  motion: "animate" | "jump";
  granularity: Granularity;
  digits: number;
  example: number;
  theme: Theme;
  speed: number;
  playing: boolean;
  pointed: string | null;
  selected: string | null;
  /** What the server says of the selected number, and how one came to it. */
  inspecting: import("./inspecting.js").Inspecting;
  tab: Tab;
  catalogue: any;
  published: PublishedExample | null;
  problem: Problem | null;
  connection: null | "lost" | "back";
  busy: boolean;
  /** A sentence of the server about the page it gave, shown in the header. */
  notice: string;
  reducedMotion: boolean;
  /** The experiments; null on the step page. */
  lab: import("./laboratory/experiment.d.ts").Lab | null;
}

export type Action =
  | { type: "seek"; step: number; hold?: boolean }
  | { type: "seekFine"; index: number }
  | { type: "told"; trace: Trace; granularity: "neuron" | "term"; first: number; steps: Step[] }
  | { type: "next"; hold?: boolean; auto?: boolean }
  | { type: "back"; hold?: boolean }
  | { type: "nextLayer" } | { type: "backLayer" }
  | { type: "first" } | { type: "last" } | { type: "play" } | { type: "pause" }
  | { type: "speed"; value: number }
  | { type: "granularity"; value: Granularity }
  | { type: "example"; index: number }
  | { type: "textbook"; value: string }
  | { type: "panel"; kind: string }
  | { type: "panelTold"; trace: Trace; cursor: number; kind: string; answer: import("./asking.js").Answer }
  | { type: "point"; ref: string | null }
  | { type: "select"; ref: string | null }
  | { type: "walkBack"; at: number }
  | { type: "inspected"; trace: Trace; ref: string; answer: Inspection | null; problem: Problem | null }
  | { type: "edit"; ref: string; value: number }
  | { type: "editNetwork"; request: TraceRequest }
  | { type: "undo" }
  | { type: "load"; id: string }
  | { type: "digits"; value: number }
  | { type: "tab"; value: Tab }
  | { type: "theme"; value: Theme }
  | { type: "reducedMotion"; value: boolean }
  | { type: "busy"; value: boolean }
  | { type: "connection"; value: State["connection"] }
  | { type: "problem"; problem: Problem | null }
  | { type: "curve"; name: string; curve: unknown }
  | { type: "updated"; request: TraceRequest; trace: Trace; session?: Attached }
  | { type: "earlier"; request: TraceRequest; trace: Trace; session: Attached }
  | { type: "session"; session: Attached }
  | { type: "experiment"; value: string }
  | { type: "lab"; to: string; action: any }
  | { type: "labOpened"; to: string; slice: object }
  | { type: "edited"; request: TraceRequest; trace: Trace }
  | { type: "retold"; trace: Trace; granularity?: Granularity }
  | { type: "opened"; request: TraceRequest; trace: Trace; published: PublishedExample | null; cursor?: number; update?: number; history?: Past[]; undo?: Place[]; granularity?: Granularity; session?: Attached | null };

export type Dispatch = (action: Action) => void;
