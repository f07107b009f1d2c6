import { EVALUATE_EVERY, type TrainingSettings } from '../../core/adapter.ts';
import type { CurvePoint, TrainingRecord } from '../../core/lab.ts';
import { seededRandom, type Random } from '../../core/random.ts';
import { mean } from '../../core/statistics.ts';
import { breatheUnlessStopped } from '../../protocol/server.ts';
import { createAdam, type Adam } from './adam.ts';
import type { Batch, Objective } from './batch.ts';
import { gradientsOf, lossOf, type Gradients, type Parameters } from './gradients.ts';
import type { TrainContext } from './material.ts';
import type { SurvivingDevice } from './surviving-device.ts';

export interface Learning {
  objective: Objective;
  start: Parameters;
  settings: TrainingSettings;
  seed: number;
  device: SurvivingDevice;
}

export interface Learned {
  /** Those of the smallest validation loss. */
  parameters: Parameters;
  training: TrainingRecord;
  notices: string[];
}

/** Parameters as they were when the validation loss was computed. */
interface Checkpoint {
  step: number;
  validation: number;
  parameters: Parameters;
}

interface Run extends Learning {
  random: Random;
  adam: Adam;
  parameters: Parameters;
  curve: CurvePoint[];
  /** Of the batches since the last evaluation. */
  losses: number[];
  best: Checkpoint;
  /** Evaluations since the best. */
  idle: number;
}

/**
 * Learns parameters by AdamW until the steps or the patience are used up, or the page ends it. The validation loss is
 * computed before the first step, every EVALUATE_EVERY steps and after the last; the parameters of its minimum are kept.
 * Parameters live here, not on the device: every step can be taken again elsewhere. Same seed, same numbers on one device.
 *
 * @throws AnalyzerError `call/cancelled`
 */
export async function learn(learning: Learning, context: TrainContext): Promise<Learned> {
  const began = performance.now();
  const run = beginning(learning);
  let step = 0;
  let ended: TrainingRecord['ended'] | null = await evaluate(run, step, context);
  while (ended === null) {
    await breatheUnlessStopped(context.signal, 'Training');
    step++;
    ended = (await advance(run)) ? null : 'diverged';
    if (ended !== null) break;
    const last = step === learning.settings.steps ? 'steps' : context.finish() ? 'stopped' : null;
    if (last !== null || step % EVALUATE_EVERY === 0)
      ended = (await evaluate(run, step, context)) ?? last;
  }
  const record = {
    curve: run.curve,
    best: run.best.step,
    ended,
    device: learning.device.description(),
  };
  return {
    parameters: run.best.parameters,
    training: { ...record, milliseconds: performance.now() - began },
    notices: [...learning.device.notices, ...noticesOf(run, record, step)],
  };
}

function beginning(learning: Learning): Run {
  const { learningRate, weightDecay } = learning.settings;
  return {
    ...learning,
    random: seededRandom(learning.seed),
    adam: createAdam(learningRate, weightDecay),
    parameters: copyOf(learning.start),
    curve: [],
    losses: [],
    best: { step: 0, validation: Infinity, parameters: copyOf(learning.start) },
    idle: 0,
  };
}

/** One step of AdamW; false where the loss or a parameter is no finite number any more. */
async function advance(run: Run): Promise<boolean> {
  const { objective, parameters, device } = run;
  const batch = objective.draw(run.random);
  const gradients = await device.run((tensors) =>
    gradientsOf(tensors, { ...objective, parameters }, batch),
  );
  run.losses.push(gradients.loss);
  const arrays = [...parameters.down, parameters.up];
  run.adam.step(arrays, [...bySlot(gradients, batch, parameters.down.length), gradients.up]);
  return Number.isFinite(gradients.loss) && arrays.every((array) => array.every(Number.isFinite));
}

/** Gradients of the blocks that went through the same matrix, added; null for a matrix that the batch has not touched. */
function bySlot({ down }: Gradients, { slots }: Batch, matrices: number): (Float32Array | null)[] {
  const sums: (Float32Array | null)[] = Array.from({ length: matrices }, () => null);
  slots.forEach((slot, block) => {
    const sum = sums[slot];
    if (sum === null) sums[slot] = down[block];
    else down[block].forEach((g, e) => (sum[e] += g));
  });
  return sums;
}

async function evaluate(
  run: Run,
  step: number,
  context: TrainContext,
): Promise<'patience' | 'diverged' | null> {
  const { objective, parameters, settings, device, curve } = run;
  const losses: number[] = [];
  const site = { ...objective, parameters };
  for (const batch of objective.validation) {
    losses.push(await device.run((tensors) => lossOf(tensors, site, batch)));
    await breatheUnlessStopped(context.signal, 'Training');
  }
  const validation = mean(losses);
  curve.push({ step, training: mean(run.losses), validation });
  run.losses = [];
  const partial = curve.slice();
  context.report({ stage: 'Training (steps)', done: step, total: settings.steps, partial });
  if (!Number.isFinite(validation)) return 'diverged';
  if (validation < run.best.validation) {
    run.best = { step, validation, parameters: copyOf(parameters) };
    run.idle = 0;
  } else run.idle++;
  return run.idle >= settings.patience ? 'patience' : null;
}

function copyOf({ rank, down, up }: Parameters): Parameters {
  return { rank, down: down.map((one) => one.slice()), up: up.slice() };
}

function noticesOf(
  { best, curve, settings }: Run,
  { ended }: Pick<TrainingRecord, 'ended'>,
  step: number,
): string[] {
  const notices: string[] = [];
  if (ended === 'diverged')
    notices.push(
      `Training diverged at step ${step} with a learning rate of ${settings.learningRate}: the loss or a parameter was no finite number; those of step ${best.step} are kept. Choose a smaller learning rate.`,
    );
  if (best.step === 0)
    notices.push(
      `The validation loss never fell below the ${curve[0].validation.toPrecision(4)} of centering alone in ${step} steps at a learning rate of ${settings.learningRate}: the adapter is centering.`,
    );
  return notices;
}
