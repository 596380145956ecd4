// The laboratory: the room of a network with experiments in it, which check it, push it, break it and count its work.
// Each experiment is a file of its own; this one only says which there are, in the order of the list.

import { initialLab, namedLab, openingStep, reduceLab } from "./model/laboratory/bench.js";
import { openRoom } from "./room.js";
import { mountBench } from "./views/laboratory/bench.js";
import { check } from "./views/laboratory/check.js";
import { counting } from "./views/laboratory/counting.js";
import { demon } from "./views/laboratory/demon.js";
import { mistakes } from "./views/laboratory/mistakes.js";
import { pairs } from "./views/laboratory/pairs.js";
import { ways } from "./views/laboratory/ways.js";

/** @type {import("./model/laboratory/experiment.d.ts").Experiment[]} */
const EXPERIMENTS = [check, demon, mistakes, pairs, ways, counting];

await openRoom({
  initial: () => initialLab(EXPERIMENTS),
  reduce: (base) => reduceLab(EXPERIMENTS, base),
  opensAt: openingStep,
  named: (state) => namedLab(EXPERIMENTS, state),
  open({ experiment, lab }, send) {
    const wanted = EXPERIMENTS.find(({ name }) => name === experiment) ?? EXPERIMENTS[0];
    if (!wanted) return;
    send({ type: "experiment", value: wanted.name });
    if (lab && wanted.read) send({ type: "labOpened", to: wanted.name, slice: wanted.read(lab) });
  },
  mount: (parts) => mountBench(EXPERIMENTS, parts),
});
