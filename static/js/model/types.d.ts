// The shapes the page works with: a trace and its steps as the API answers them, and the page's own state and actions.
// Views and models import them by JSDoc; the field names are the API's words and nothing is renamed on the way.

export type Phase = "forward" | "cost" | "backward" | "gradient" | "update";
export type Granularity = "pass" | "layer" | "equation";
export type Theme = "system" | "light" | "dark";
export type Tab = "equation" | "receipt" | "published" | "call";
export type Rows = number[][];

export interface LayerShape { size: number; activation: string }
export interface Network {
  inputs: number;
  input_activation?: string;
  bias?: boolean;
  cost: string;
  relu_slope_at_zero?: number;
  layers: LayerShape[];
}
export interface ParameterValues { weights: Rows[]; biases?: number[][] | null }
export interface Batch { inputs: Rows; targets?: Rows | null }
export interface Initialization { scheme: string; seed: number }

/** The body of POST /traces. */
export interface TraceRequest {
  network: Network;
  parameters?: ParameterValues | null;
  initialization?: Initialization | null;
  batch: Batch;
  learning_rate?: number | null;
  freeze_biases?: boolean;
  example?: number;
  granularity?: Granularity;
  textbook?: string;
}

export interface NumberPiece { value: number | null; ref: string; sign?: string; paren?: boolean; result?: boolean; bold?: boolean; example?: number | null }
export interface SymbolPiece { tex: string; ref?: string; shape?: string; result?: boolean; bold?: boolean }
export interface MatrixPiece { matrix: (NumberPiece | null)[][]; ref?: string; result?: boolean; bold?: boolean }
export type Piece = string | NumberPiece | SymbolPiece | MatrixPiece;

export interface Line { title: string; place: string; symbols: Piece[]; numbers: Piece[] }
export interface Link { ref: string; text: string; step: number | null }
export interface Remark { kind: string; ref: string; text: string }

export interface Step {
  index: number;
  phase: Phase;
  kind: string;
  layer: number;
  covers: [string, number][];
  members?: number[];
  group: string;
  group_short: string;
  name: string;
  label: string;
  label_text: string;
  tag: string;
  place: string;
  in_text: boolean;
  symbols: string;
  numbers: string;
  shapes: string;
  sentence: string;
  note: string;
  errata: { place: string; printed: string; holds: string }[];
  orientation: "column" | "matrix" | "scalar";
  scale: number;
  quantity: string;
  operands: string[];
  result: Rows | number[] | number | null;
  result_ref: string;
  intermediate: Record<string, unknown>;
  lines: Line[];
  terms: null | { kind: string; layer: number; values: Rows };
  reads: Link[];
  used_by: Link[];
  writes: string[];
  derivation: Line[];
  remarks: Remark[];
}

export interface LayerTrace {
  layer: number;
  weighted_input?: Rows;
  activation?: Rows;
  activation_slope?: Rows | null;
  activation_gradient?: Rows | null;
  error?: Rows | null;
  weights?: Rows;
  biases?: number[] | null;
  weight_gradient?: Rows | null;
  bias_gradient?: number[] | null;
  updated_weights?: Rows | null;
  updated_biases?: number[] | null;
  target?: Rows | null;
}

export interface Trace {
  network: Network;
  parameters: ParameterValues;
  batch: Batch;
  learning_rate: number | null;
  freeze_biases: boolean;
  example: number;
  textbook: string;
  granularity: Granularity;
  cost: number;
  costs: number[];
  layers: LayerTrace[];
  steps: Step[];
  diverged?: { step: number; layer: number; quantity: string } | null;
}

export interface PrintedNumber {
  ref: string; value: number; digits: string; computed: number; agrees: boolean; note: string; words: string;
  scale: number; example: number; after: number;
}
export interface PublishedExample {
  id: string; name: string; title: string; author: string; source: string; settings: string;
  request: TraceRequest; printed: PrintedNumber[];
}

export interface Problem { title: string; detail: string; status?: number; type?: string; errors?: { pointer: string; detail: string }[]; control?: string }

/** One place the reader can come back to: a trace and where they stood in it. */
export interface Place { request: TraceRequest; trace: Trace; cursor: number; update: number; history: Past[]; published: PublishedExample | null }
/** A trace of an earlier update. */
export interface Past { request: TraceRequest; trace: Trace }

export interface State {
  request: TraceRequest;
  trace: Trace;
  history: Past[];
  undo: Place[];
  update: number;
  cursor: number;
  motion: "animate" | "jump";
  granularity: Granularity;
  digits: number;
  example: number;
  theme: Theme;
  speed: number;
  playing: boolean;
  pointed: string | null;
  selected: string | null;
  tab: Tab;
  catalogue: any;
  published: PublishedExample | null;
  problem: Problem | null;
  connection: null | "lost" | "back";
  busy: boolean;
  /** A sentence of the server about the page it gave, shown in the header. */
  notice: string;
  reducedMotion: boolean;
}

export type Action =
  | { type: "seek"; step: number; hold?: boolean }
  | { type: "next"; hold?: boolean; auto?: boolean }
  | { type: "back"; hold?: boolean }
  | { type: "nextLayer" } | { type: "backLayer" }
  | { type: "first" } | { type: "last" } | { type: "play" } | { type: "pause" }
  | { type: "speed"; value: number }
  | { type: "granularity"; value: Granularity }
  | { type: "example"; index: number }
  | { type: "point"; ref: string | null }
  | { type: "select"; ref: string | null }
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
  | { type: "updated"; request: TraceRequest; trace: Trace }
  | { type: "edited"; request: TraceRequest; trace: Trace }
  | { type: "retold"; trace: Trace }
  | { type: "opened"; request: TraceRequest; trace: Trace; published: PublishedExample | null; cursor?: number; update?: number };

export type Dispatch = (action: Action) => void;
