// The shapes the charts and maps of training read: frames as the stream sends them, samples, examples and the page's state.
// Numbers that are not finite come as null.

import type { SessionDocument, Theme, Trace } from "../types.d.ts";

/** Measured at the moment of a frame; the lists are by layer, 1 to L. */
export interface Sample {
  update: number;
  epoch: number;
  train_cost: number | null;
  test_cost: number | null;
  train_accuracy: number | null;
  test_accuracy: number | null;
  gradient_norm: (number | null)[];
  mean_error: (number | null)[];
  mean_activation: (number | null)[];
  saturated: (number | null)[];
  dead: (number | null)[];
  /** Examples that were measured. */
  train_rows?: number;
  test_rows?: number;
}

/** Levels of −100 to 100 over the plane, the first row at the top; `low` and `high` are corners, in the units that are fed. */
export interface Field {
  size: number;
  low: number[];
  high: number[];
  values: number[];
  /** The answer of each place, where there are more than two classes. */
  classes?: number[] | null;
  /** Examples the network takes for another class, in the order of the data. */
  wrong?: { train: number[]; test: number[] } | null;
  /** The same after the next update, while paused. */
  after?: { values: number[]; classes?: number[] | null } | null;
}

export interface Curve { x: number[]; y: (number | null)[][]; after?: (number | null)[][] | null }

export interface LayerNow {
  layer: number;
  mean_activation: (number | null)[];
  mean_error: (number | null)[];
  biases?: (number | null)[] | null;
  /** Share of the measured examples with which a neuron stands on a flat part of σ. */
  saturated?: (number | null)[] | null;
  /** Neurons that pass on nothing, whatever is put in. */
  dead?: (number | boolean | null)[] | null;
}

export interface EdgesNow { layer: number; rows: number[]; columns: number[]; weights: (number | null)[] }
export interface MapNow { layer: number; neuron: number; values: number[] }
export interface HistogramNow { layer: number; low: number; high: number; counts: number[] }
export interface Mistake { row: number; class: number; answer: number; inputs?: number[] }

export interface Frame {
  frame?: number;
  status: SessionDocument["status"];
  update: number;
  reached: number;
  epoch: number;
  row?: number;
  samples?: Sample[];
  layers?: LayerNow[] | null;
  edges?: EdgesNow[] | null;
  boundary?: Field | null;
  maps?: MapNow[] | null;
  curve?: Curve | null;
  histograms?: HistogramNow[] | null;
  confusion?: { classes: string[]; counts: number[][] } | null;
  mistakes?: Mistake[] | null;
  next_rows?: number[] | null;
  tile?: { neuron: number; values: number[] } | null;
}

export interface Examples { inputs: number[][]; raw?: number[][]; classes?: number[] | null; values?: number[][] | null }

export interface Neuron { layer: number; neuron: number }

/** What the charts read of the page's state; the page has more. */
export interface Shown {
  session: SessionDocument;
  history: { updates: ArrayLike<number>; costs: ArrayLike<number> };
  samples: Sample[];
  frame: Frame | null;
  data: { train: Examples; test: Examples; input_names?: string[]; class_names?: string[] } | null;
  digits: number;
  theme: Theme;
  trace: Trace | null;
  /** The neuron that is pointed at. */
  neuron?: Neuron | null;
}

export type Send = (action: { type: "neuron"; value: Neuron | null }) => void;
