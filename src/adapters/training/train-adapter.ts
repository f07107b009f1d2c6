import type { Adapter, FitSettings, LanguageMap } from '../../core/adapter.ts';
import { rowsOfFacts, type EmbeddedCorpus } from '../../core/corpus.ts';
import { assert } from '../../core/errors.ts';
import { meanRow, takeRows, type Matrix } from '../../core/matrix.ts';
import { normal, seededRandom, type Random } from '../../core/random.ts';
import { factPreferenceParts } from '../preference/fact-preferences.ts';
import { heldOutRows } from '../preference/held-out-rows.ts';
import { preferenceObjective } from '../preference/preference-objective.ts';
import { splitPreferences, type PreferenceParts } from '../preference/split-preferences.ts';
import { tensorProducts } from '../tensors/products.ts';
import { centredUnitRows, type Objective } from './batch.ts';
import { contrastObjective } from './contrast-objective.ts';
import type { Parameters } from './gradients.ts';
import { learn } from './learn.ts';
import type { TrainContext, Trained, TrainMaterial } from './material.ts';
import { refuseSettings } from './refuse-settings.ts';
import { survivingDevice, type SurvivingDevice } from './surviving-device.ts';

/** What is learned, by how many maps it is, and from where. */
interface Plan {
  objective: Objective;
  start: Parameters;
  preference: PreferenceParts | null;
}

/**
 * Trains T4 (`low-rank`), T5 (`shared-low-rank`) or T6 (`preference`): f(x) = unit(c + (c B) A) of c = x - mean of the
 * language over its training facts. A begins at zero, so that all begin as T0; B with variance 1 / d. A language without
 * training facts is not in the adapter.
 *
 * @throws AnalyzerError `usage`, `corpus/no-shared-facts`, `call/cancelled`
 */
export async function trainAdapter(
  material: TrainMaterial,
  settings: FitSettings,
  context: TrainContext,
): Promise<Trained> {
  const { method, training, seed } = settings;
  assert(isTrained(method), `trainAdapter: ${method} is not trained`);
  refuseSettings(settings, material.vectors.columns);
  const device = survivingDevice(material.tensors, material.openCpu);
  const means = languageMeans(material, material.split.train);
  const { objective, start, preference } = await planOf(material, settings, { means, device });
  const learned = await learn({ objective, start, settings: training, seed, device }, context);
  return {
    adapter: adapterOf(material, method, { means, parameters: learned.parameters }),
    training: learned.training,
    preference,
    notices: [...untrained(material, means), ...learned.notices],
  };
}

type TrainedMethod = 'low-rank' | 'shared-low-rank' | 'preference';

function isTrained(method: FitSettings['method']): method is TrainedMethod {
  return method === 'low-rank' || method === 'shared-low-rank' || method === 'preference';
}

type Means = (Float32Array | null)[];

/** Mean of each language over the given facts; null where it has none of them. */
export function languageMeans({ corpus, vectors }: EmbeddedCorpus, facts: Int32Array): Means {
  const { language } = corpus.renderings;
  const rows = rowsOfFacts(corpus, facts);
  return corpus.languages.map((_, l) => {
    const own = rows.filter((r) => language[r] === l);
    return own.length === 0 ? null : Float32Array.from(meanRow(takeRows(vectors, own)));
  });
}

async function planOf(
  material: TrainMaterial,
  settings: FitSettings,
  { means, device }: { means: Means; device: SurvivingDevice },
): Promise<Plan> {
  const { corpus, vectors } = material;
  const { training, seed } = settings;
  const random = seededRandom(seed ^ START);
  const start = (maps: number): Parameters =>
    startAt(random, vectors.columns, { rank: training.rank, maps });
  if (settings.method === 'preference') {
    const parts = await preferencesOf(material, settings, { means, device });
    return { objective: preferenceObjective(parts, settings), start: start(1), preference: parts };
  }
  const own = settings.method === 'low-rank';
  const centred = centredUnitRows(vectors, corpus.renderings.language, means);
  const objective = contrastObjective(material, centred, settings, (l) => (own ? l : 0));
  const parameters = start(own ? corpus.languages.length : 1);
  // What no batch touches must not be moved by chance.
  if (own) parameters.down.forEach((down, l) => void (objective.isTrained[l] || down.fill(0)));
  return { objective, start: parameters, preference: null };
}

/** Set the start and the languages that are asked apart from the batches, which have the seed itself. */
const [START, ASKED] = [0x5eed, 0xa5ced];

async function preferencesOf(
  { corpus, vectors, split, preferences }: TrainMaterial,
  { seed }: FitSettings,
  { means, device }: { means: Means; device: SurvivingDevice },
): Promise<PreferenceParts> {
  if (preferences !== null) {
    const centred = centredUnitRows(preferences.vectors, preferences.language, means);
    const heldOut = await device.run((tensors) =>
      heldOutRows({ corpus, vectors, split }, preferences, tensorProducts(tensors)),
    );
    return splitPreferences(preferences, centred, seed, (r) => heldOut.has(r));
  }
  const centred = centredUnitRows(vectors, corpus.renderings.language, means);
  return await device.run((tensors) =>
    factPreferenceParts({ corpus, vectors, split }, centred, {
      random: seededRandom(seed ^ ASKED),
      products: tensorProducts(tensors),
    }),
  );
}

function startAt(
  random: Random,
  d: number,
  { rank, maps }: { rank: number; maps: number },
): Parameters {
  const deviation = 1 / Math.sqrt(d);
  return {
    rank,
    down: Array.from({ length: maps }, () =>
      Float32Array.from({ length: d * rank }, () => deviation * normal(random)),
    ),
    up: new Float32Array(rank * d),
  };
}

function adapterOf(
  { corpus, vectors }: EmbeddedCorpus,
  method: TrainedMethod,
  { means, parameters }: { means: Means; parameters: Parameters },
): Adapter {
  const d = vectors.columns;
  const { rank } = parameters;
  const up: Matrix = { rows: rank, columns: d, data: parameters.up };
  const maps = parameters.down.map((down) => ({
    kind: 'low-rank' as const,
    down: { rows: d, columns: rank, data: down },
    up,
  }));
  const languages = corpus.languages.flatMap(({ tag }, l): LanguageMap[] => {
    const mean = means[l];
    return mean === null ? [] : [{ tag, mean, linear: maps[method === 'low-rank' ? l : 0] }];
  });
  return {
    method,
    dimensions: d,
    languages,
    otherLanguages: method === 'low-rank' ? null : maps[0],
  };
}

function untrained({ corpus }: EmbeddedCorpus, means: Means): string[] {
  const labels = corpus.languages.filter((_, l) => means[l] === null).map(({ label }) => label);
  if (labels.length === 0) return [];
  return [`No training fact is in ${labels.join(', ')}: the adapter is not fitted on them.`];
}
