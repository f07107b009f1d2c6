import type { Fact } from '../../src/core/corpus.ts';
import { toLanguage, type Language } from '../../src/core/language.ts';
import { normal, seededRandom } from '../../src/core/random.ts';
import { mean, quantileOfSorted } from '../../src/core/statistics.ts';
import { languageColors } from '../../src/plots/color.ts';
import type {
  CurvePlotProps,
  DriftSummary,
  BarRow,
  ForestRow,
  LayerCurve,
  PlotItem,
  ScatterPoint,
} from '../../src/plots/props.ts';

const TAGS =
  'en de ru ar hi zh ja th am sw tr fr es vi ko he bn ta el ka fa ur id yo my te km fi pl uk pt it nl sv ro cs ' +
  'hu bg sr hr sk lt lv et sl mk sq is ga cy eu ca gl mt af zu xh so ha ig rw sn ny lg mg ms jv su ceb fil mi ' +
  'sm haw kk ky uz tk mn az hy ne si mr gu pa or kn ml as lo bo ti om ug ps sd ckb yi tg be';

/** The first `count` of a hundred languages. */
export function exampleLanguages(count: number): Language[] {
  return TAGS.split(' ').slice(0, count).map(toLanguage);
}

const TEXTS: Record<string, string> = {
  en: 'Water boils at 100 degrees Celsius at sea level.',
  de: 'Wasser siedet auf Meereshöhe bei 100 Grad Celsius.',
  ru: 'На уровне моря вода кипит при температуре 100 градусов Цельсия.',
  ar: 'يغلي الماء عند 100 درجة مئوية عند مستوى سطح البحر.',
  hi: 'समुद्र तल पर पानी 100 डिग्री सेल्सियस पर उबलता है।',
  zh: '在海平面上，水在100摄氏度沸腾。',
  ja: '海面では、水は摂氏100度で沸騰する。',
  th: 'น้ำเดือดที่อุณหภูมิ 100 องศาเซลเซียสที่ระดับน้ำทะเล',
  am: 'ውሃ በባህር ወለል ላይ በ100 ዲግሪ ሴልሺየስ ይፈላል።',
  sw: 'Maji huchemka kwa nyuzi joto 100 za Selsiasi kwenye usawa wa bahari.',
  ur: 'سطح سمندر پر پانی 100 ڈگری سیلسیس پر ابلتا ہے۔',
  he: 'מים רותחים ב-100 מעלות צלזיוס בגובה פני הים.',
};

const LONG =
  ' This rendering is longer than the others on purpose: it goes on for several sentences, as an article of an encyclopedia ' +
  'would, so that the table has to wrap it, to cut it where rows are collapsed, and to show the whole of it where a row is open. ' +
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft is a word that no line breaks by itself.';

export function exampleFacts(count: number): Fact[] {
  const topics = ['physics', 'geography', 'history', 'biology', 'arts'];
  return Array.from({ length: count }, (_, i) => ({
    id: `q${i + 1}`,
    topic: topics[(i * 7) % topics.length],
  }));
}

/** Text of a fact in a language; every seventh fact is long, and one in fifty renderings is a hole. */
export function exampleText(
  languages: Language[],
): (fact: number, language: number) => string | null {
  return (fact, language) => {
    if (language > 0 && (fact * 31 + language * 17) % 50 === 0) return null;
    const { tag, name } = languages[language];
    const base = TEXTS[tag] ?? `${TEXTS.en} [${name}]`;
    return `${base} (${fact + 1})${fact % 7 === 3 ? LONG : ''}`;
  };
}

export interface ExampleDrift {
  values: Float32Array;
  summaries: DriftSummary[];
  /** Languages from the least to the most drift. */
  order: Int32Array;
}

/** Drift of each rendering, [facts, languages], with languages that differ in mean, spread and holes. */
export function exampleDrift(facts: number, languages: number, seed = 7): ExampleDrift {
  const random = seededRandom(seed);
  const values = new Float32Array(facts * languages);
  const centres = Array.from(
    { length: languages },
    (_, l) => 0.08 + 0.3 * ((l * 0.618034) % 1) ** 1.6,
  );
  for (let f = 0; f < facts; f++) {
    const hard = Math.exp(0.3 * normal(random));
    for (let l = 0; l < languages; l++) {
      const hole = (f * 31 + l * 17) % 50 === 0 && l > 0;
      const value = centres[l] * hard * Math.exp(0.25 * normal(random));
      values[f * languages + l] = hole ? NaN : Math.min(2, value);
    }
  }
  const summaries = Array.from({ length: languages }, (_, l) => summarize(values, l, languages));
  const order = Int32Array.from(summaries.keys()).sort(
    (a, b) => summaries[a].mean - summaries[b].mean,
  );
  return { values, summaries, order };
}

function summarize(values: Float32Array, language: number, languages: number): DriftSummary {
  const own = values
    .filter((value, i) => i % languages === language && !Number.isNaN(value))
    .sort();
  const n = own.length;
  const average = mean(own);
  const error = Math.sqrt(
    own.reduce((sum, value) => sum + (value - average) ** 2, 0) / (n - 1) / n,
  );
  return {
    n,
    mean: average,
    interval: n < 2 ? null : [average - 1.96 * error, average + 1.96 * error],
    median: quantileOfSorted(own, 0.5),
    q1: quantileOfSorted(own, 0.25),
    q3: quantileOfSorted(own, 0.75),
    min: own[0] ?? NaN,
    max: own[n - 1] ?? NaN,
  };
}

/** A symmetric matrix of calibrated alignment with ones on the diagonal; the last language has no facts with the third. */
export function exampleMatrix(languages: number, seed = 3): Float64Array {
  const random = seededRandom(seed);
  const quality = Array.from({ length: languages }, (_, l) => 0.95 - 0.5 * ((l * 0.618034) % 1));
  const values = new Float64Array(languages * languages);
  for (let a = 0; a < languages; a++) {
    values[a * languages + a] = 1;
    for (let b = 0; b < a; b++) {
      const value = Math.min(0.97, Math.max(0.02, quality[a] * quality[b] + 0.05 * normal(random)));
      const hole = languages > 3 && a === languages - 1 && b === 2;
      values[a * languages + b] = values[b * languages + a] = hole ? NaN : value;
    }
  }
  return values;
}

export interface ExampleMap {
  positions: Float32Array;
  language: Int32Array;
  fact: Int32Array;
}

/** Facts in topic clusters; every language pulls its renderings aside, the last ones far. */
export function exampleMap(facts: number, languages: number, seed = 5): ExampleMap {
  const random = seededRandom(seed);
  const n = facts * languages;
  const positions = new Float32Array(2 * n);
  const language = new Int32Array(n);
  const fact = new Int32Array(n);
  const clusters = Array.from({ length: 9 }, () => [12 * random(), 8 * random()]);
  for (let f = 0; f < facts; f++) {
    const [x, y] = clusters[Math.floor(random() * clusters.length)];
    const centre = [x + normal(random) * 0.7, y + normal(random) * 0.7];
    for (let l = 0; l < languages; l++) {
      const r = f * languages + l;
      language[r] = l;
      fact[r] = f;
      const pull = 0.12 + (0.7 * l) / languages;
      positions[2 * r] = centre[0] + pull * (Math.cos(l) * 0.8 + 0.35 * normal(random));
      positions[2 * r + 1] = centre[1] + pull * (Math.sin(l) * 0.8 + 0.35 * normal(random));
    }
  }
  return { positions, language, fact };
}

/** Languages as plots name them. */
function exampleItems(count: number): PlotItem[] {
  const languages = exampleLanguages(count);
  const colors = languageColors(languages);
  return languages.map(({ name, tag }, l) => ({ name, label: tag, color: colors[l] }));
}

/** Drift by language from the least on; the third has no interval and the last no value. */
export function exampleForest(count: number, { compared = false } = {}): ForestRow[] {
  return exampleItems(count).map((item, l) => {
    const value = l === count - 1 ? NaN : 0.08 + (0.27 * l) / count;
    const half = 0.008 + 0.002 * (l % 7);
    const interval: ForestRow['interval'] =
      l === 2 || l === count - 1 ? null : [value - half, value + 1.3 * half];
    const reason = interval === null ? 'fewer than two facts' : undefined;
    const before = 1.5 * value + 0.004 * (l % 5);
    return {
      ...item,
      value,
      interval,
      n: 240,
      reason,
      ...(compared && {
        before: { value: before, interval: interval && [before - half, before + half] },
      }),
    };
  });
}

/** Items of three types; the first row has none of the third, the last row nothing else. */
export function exampleBars(count: number): BarRow[] {
  return exampleItems(count).map((item, l) => ({
    ...item,
    values: l === count - 1 ? [0, 0, 4871] : [18_000 - 1500 * l, 2500 + 400 * l, 120 * l],
  }));
}

/** Points with whiskers over all four quadrants; the last one has no vertical value. */
export function exampleScatter(count: number, seed = 13): ScatterPoint[] {
  const random = seededRandom(seed);
  return exampleItems(count).map((item, l) => {
    const x = Math.min(0.99, Math.max(0.02, 0.55 + 0.24 * normal(random)));
    const y = Math.min(0.99, Math.max(0.05, 0.5 + 0.35 * x + 0.13 * normal(random)));
    return {
      ...item,
      x,
      y: l === count - 1 ? NaN : y,
      xInterval: [Math.max(0, x - 0.05), Math.min(1, x + 0.05)],
    };
  });
}

/** Alignment over 13 layers, highest in the middle, with the mean of all languages; the second has a gap. */
export function exampleCurves(count: number): {
  layers: string[];
  curves: LayerCurve[];
  mean: LayerCurve;
} {
  const layers = ['embeddings', ...Array.from({ length: 12 }, (_, i) => String(i + 1))];
  const curves = exampleItems(count).map((item, l) => {
    const level = 0.5 + 0.4 * ((l * 0.618034) % 1);
    const values = layers.map((_, i) =>
      l === 1 && i === 4 ? NaN : level * Math.exp(-(((i - 8 + (l % 3)) / 7) ** 2)),
    );
    return { ...item, values, intervals: bandOf(values, 0.03) };
  });
  const values = layers.map((_, i) =>
    mean(curves.map((curve) => curve.values[i]).filter((value) => !Number.isNaN(value))),
  );
  const color = '#6b727a';
  const name = 'mean of the languages';
  return {
    layers,
    curves,
    mean: { name, label: 'mean', color, values, intervals: bandOf(values, 0.015) },
  };
}

function bandOf(values: number[], half: number): LayerCurve['intervals'] {
  return values.map((value) => (Number.isNaN(value) ? null : [value - half, value + half]));
}

/** Losses of training and validation at every 20th step, the second smallest in the middle. */
export function exampleLosses(points: number): Pick<CurvePlotProps, 'at' | 'curves' | 'mark'> {
  const places = Array.from({ length: points }, (_, i) => i);
  const least = Math.floor(points / 2);
  const curve = (name: string, color: string, values: number[]) => ({
    name,
    label: name,
    color,
    values,
  });
  return {
    at: places.map((i) => 20 * i),
    curves: [
      curve('training', '#b35c00', [
        NaN,
        ...places.slice(1).map((i) => 1.5 * Math.exp(-i / points)),
      ]),
      curve(
        'validation',
        '#0f6fae',
        places.map((i) => 1.4 + ((i - least) / points) ** 2),
      ),
    ],
    mark: { place: least, text: `kept: step ${20 * least}` },
  };
}

/** k-occurrences with a long tail whose mean is near 10. */
export function exampleOccurrences(facts: number, seed = 17): Int32Array {
  const random = seededRandom(seed);
  return Int32Array.from({ length: facts }, () => Math.floor(Math.exp(1.9 + 0.9 * normal(random))));
}
