import type { Adapter, PreferencePairs } from '../../core/adapter.ts';
import type { EmbeddedCorpus } from '../../core/corpus.ts';
import type { FactSplit, TrainingRecord } from '../../core/lab.ts';
import type { CallContext } from '../../protocol/server.ts';
import type { PreferenceParts } from '../preference/split-preferences.ts';
import type { Tensors } from '../tensors/open-tensors.ts';

/** What T4, T5 and T6 are trained on. */
export interface TrainMaterial extends EmbeddedCorpus {
  /** Test facts are never looked at, but for T6's test pairs, which are made here and judged elsewhere. */
  split: Pick<FactSplit, 'train' | 'validation' | 'test'>;
  /** T6: pairs made of answers; null makes them of the facts. */
  preferences: PreferencePairs | null;
  /** Not disposed here. */
  tensors: Tensors;
  /** What training goes on with where the device of `tensors` is lost. */
  openCpu(): Promise<Tensors>;
}

/** Progress carries `partial: CurvePoint[]`. */
export interface TrainContext extends CallContext {
  /** Whether training was asked to end with what it has. */
  finish(): boolean;
}

export interface Trained {
  adapter: Adapter;
  training: TrainingRecord;
  /** T6: its pairs, for `preferenceReport`. */
  preference: PreferenceParts | null;
  notices: string[];
}
