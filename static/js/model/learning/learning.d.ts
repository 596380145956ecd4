// The state of the page of training, and everything that can happen to it.
// What the charts read of it is in frames.d.ts; a session is always the one this page is open on.

import type { Problem, SessionDocument, Theme, Trace } from "../types.d.ts";
import type { Examples, Frame, Neuron, Sample } from "./frames.d.ts";

/** The name by which this page knows its session, and what that name allows. */
export interface Link { id: string; may: "drive" | "watch" }

/** The costs of updates, ascending; `known` is the number of updates whose costs are known, thinned ones included. */
export interface History { updates: ArrayLike<number>; costs: ArrayLike<number>; known: number }

/** How the stream stands; null before there is one. */
export type Connection = null | "connecting" | "live" | "reconnecting" | "lost";

export interface Preset { name: string; group: string; title: string; words: string; twin: string | null; recipe: any }

/** The live part of a frame beside what the charts read. */
export type LiveFrame = Frame & {
  revision: number;
  reason: string | null;
  costs: { from: number; values: (number | null)[] };
  speed: number;
  time_left: number | null;
  viewers: number;
  learning_rate: number;
  diverged: SessionDocument["diverged"];
};

export interface Learning {
  link: Link | null;
  session: SessionDocument | null;
  /** The revision of the document as it was read whole; frames only tell how far the session is. */
  read: number;
  history: History;
  samples: Sample[];
  frame: LiveFrame | null;
  data: { train: Examples; test: Examples; input_names: string[]; class_names: string[] } | null;
  connection: Connection;
  server: null | "lost" | "back";
  problem: Problem | null;
  /** Why there is no session to show. */
  ended: Problem | null;
  notice: string;
  digits: number;
  theme: Theme;
  textbook: string;
  offset: number;
  trace: Trace | null;
  neuron: Neuron | null;
  histograms: boolean;
  catalogue: any;
  presets: Preset[] | null;
  preset: string | null;
  /** Sessions this one took the place of, the newest last. */
  earlier: { link: Link; title: string }[];
  /** What is being done that the person waits for. */
  busy: boolean;
  /** An update that a drag or a key has asked for and the server has not answered. */
  wanted: number | null;
  /** Updates a second, null for as fast as can be. */
  speed: number | null;
  visible: { network: boolean; plane: boolean; curves: boolean };
}

export type LearningAction =
  | { type: "opened"; link: Link; session: SessionDocument; history: { costs: { updates: number[]; values: (number | null)[] }; samples: Sample[] }; data: Learning["data"]; preset: string | null; replaces: boolean }
  | { type: "back"; link: Link }
  | { type: "session"; session: SessionDocument }
  | { type: "frame"; frame: LiveFrame }
  | { type: "trace"; trace: Trace | null }
  | { type: "connection"; value: Connection }
  | { type: "server"; value: Learning["server"] }
  | { type: "problem"; problem: Problem | null }
  | { type: "ended"; problem: Problem }
  | { type: "notice"; value: string }
  | { type: "presets"; value: Preset[] }
  | { type: "textbook"; value: string }
  | { type: "theme"; value: Theme }
  | { type: "neuron"; value: Neuron | null }
  | { type: "histograms"; value: boolean }
  | { type: "speed"; value: number | null }
  | { type: "visible"; part: keyof Learning["visible"]; value: boolean }
  | { type: "busy"; value: boolean }
  | { type: "wanted"; value: number | null }
  | { type: "does"; what: Does }
  | { type: "to"; update: number }
  | { type: "patch"; what: Record<string, unknown> }
  | { type: "anew"; recipe: any; preset?: string | null }
  | { type: "undo" };

export type Does = "start" | "freeze" | "back" | "one" | "epoch" | "epochBack" | "rewind" | "halve";
export type LearningDispatch = (action: LearningAction) => unknown;
