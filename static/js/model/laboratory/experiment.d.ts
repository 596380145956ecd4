// What an experiment of the laboratory is, and what the room of the network sees of it.
// An experiment keeps its own slice of the state and knows nothing of the others.

import type { Action, Dispatch, State, Trace } from "../types.d.ts";
import type { Address } from "../url.js";

/** A second number beside one that is shown: what a mistake made of it, or what a push did to it; null where it is not finite. */
export interface Twin { kind: "wrong" | "moved"; values: Map<string, number | null>; everywhere: boolean }
/**
 * How ticks of the timeline are marked, by index of the step: its result is wrong, its equation another one, or it has been
 * taken earlier and this is the place it left; `moved` are the indices of the steps that are taken just before this one.
 */
export interface Mark { wrong?: boolean; changed?: boolean; ghost?: boolean; moved?: number[] }
export type Marks = Record<number, Mark>;

/** The laboratory's part of the state: which experiment, the slice of each under its name, and what the chosen one shows on stage and timeline. */
export type Lab = { chosen: string; twin: Twin | null; marks: Marks | null; stage: Standing | null } & Record<string, any>;

/**
 * A trace in the place of the page’s own, step by step the same; `ahead` is how many updates after that one it is of, and
 * `asked` what it was asked by, which has the finer steps told too.
 */
export interface Standing { trace: Trace; ahead: number; asked: Call }

type Api = ReturnType<typeof import("../../api.js").createApi>;
export interface Asking { get: () => State; send: (action: Action) => void; api: Api; signal: AbortSignal }
/** `aside` stands under the experiment's name in the list, where the page is wide enough for the list. */
export interface Mounted { root: HTMLElement; update(state: State): void; aside?: HTMLElement; /** It has come onto the bench. */ enter?(): void }

export interface Experiment<S = any> {
  name: string;
  initial: S;
  /** It has networks of its own and takes the place of stage and explanation. */
  wide?: boolean;
  /** Examples it opens by itself where the present one shows nothing of it; whoever leaves it finds their own again. */
  starts?: readonly string[];
  /** It has no steps of its own, so the timeline gives way too. */
  still?: boolean;
  reduce(slice: S, action: any, state: State): S;
  /** What a link carries of it. */
  write?(slice: S): string;
  /** The same from a link, which anybody may have written. */
  read?(text: string): Partial<S>;
  /** While it is chosen, `ask` is called at first and whenever one of these has changed. */
  needs?(state: State): unknown[];
  ask?(parts: Asking): Promise<void>;
  /** What `ask` asks, for the Call tab: path below /api/v1/ and body. */
  call?(state: State): Call | null;
  mount(dispatch: Dispatch): Mounted;
  /** The same object as long as it says the same. */
  twin?(state: State): Twin | null;
  marks?(state: State): Marks | null;
  /** What the stage shows in the place of the page’s own trace; the same object too. */
  stage?(state: State): Standing | null;
}

export interface Call { path: string; body: unknown }
export interface Bench { update(state: State): void; nodes(): Node[]; call(state: State): Call | null }

export interface Laboratory {
  initial(): Lab;
  reduce(base: (state: State, action: Action) => State): (state: State, action: Action) => State;
  /** The step at which it opens where a link says none. */
  opensAt(trace: Trace): number;
  named(state: State): { experiment: string; text: string; starts: readonly string[] } | null;
  open(address: Address, send: (action: Action) => void): void;
  mount(parts: { dispatch: Dispatch; api: Api; get: () => State; send: (action: Action) => void }): Bench;
}
