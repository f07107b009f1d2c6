import type { AdapterMethod, AdapterRecord, HeldOutEntry } from '../core/adapter.ts';
import { formatValue } from './figures/figure-input.ts';
import { escaped, fenced, tableBlock } from './to-markdown.ts';

/** What each method makes of a row, in words. */
const WHAT: Record<AdapterMethod, string> = {
  centering: 'takes the mean of its language from each vector',
  lir: 'takes the leading directions of its language from each vector (LIR)',
  procrustes:
    'takes the mean of its language from each vector and turns it by a rotation of the language (ridge Procrustes)',
  ridge:
    'takes the mean of its language from each vector and maps it by a matrix of the language (ridge regression drawn to the identity)',
  'low-rank':
    'takes the mean of its language from each vector and adds a correction of low rank, in part of the language, in part of all, learned by contrast of translations (InfoNCE)',
  'shared-low-rank':
    'takes the mean of its language from each vector and adds a correction of low rank that all languages share, learned by contrast of translations (InfoNCE)',
  preference:
    'takes the mean of its language from each vector and adds a correction of low rank that all languages share, learned from preferences between texts (DPO)',
};

const SNIPPET = `import base64, json
import numpy as np

file = json.load(open("ADAPTER.json", encoding="utf-8"))

def stored(name):
    entry = file["matrices"][name]
    return np.frombuffer(base64.b64decode(entry["data"]), "<f4").reshape(entry["shape"])

def f(x, tag):
    """Unit rows x [n, d] of one language to unit rows [n, d]."""
    language = next(one for one in file["languages"] if one["tag"] == tag)
    c = x if language["mean"] is None else x - stored(language["mean"])
    part = {name: stored(key) for name, key in language["linear"].items() if name != "kind"}
    if "directions" in part:
        c = c - (c @ part["directions"].T) @ part["directions"]
    elif "weights" in part:
        c = c @ part["weights"]
    elif "down" in part:
        c = c + (c @ part["down"]) @ part["up"]
    return c / np.linalg.norm(c, axis=1, keepdims=True)`;

/** A model card of an adapter, as Markdown: what it is, how to apply it, what it was fitted and judged on, its limits. */
export function adapterCard(record: AdapterRecord): string {
  const { adapter, encoder, verdict, heldOut } = record;
  const tags = adapter.languages.map(({ tag }) => tag).join(', ');
  const blocks = [
    `# Adapter (${adapter.method}) for ${escaped(encoder.id)}`,
    `It ${WHAT[adapter.method]}. The encoder stays as it is: f(x) = unit(linear(x − mean)), with unit rows in and out, ${adapter.dimensions} numbers each. Languages: ${escaped(tags)}.`,
    '## How to apply it',
    'With Isogloss: `npx isogloss analyze FILES --adapter ADAPTER.json --out DIR`. With NumPy:',
    fenced(SNIPPET, 'python'),
    otherLanguages(record),
    '## What it was fitted on',
    fittedOn(record),
    '## Held out',
    escaped(verdict),
    heldOut.length === 0
      ? 'It was not judged on held-out facts.'
      : tableBlock({ columns: COLUMNS, rows: heldOut.map(heldOutRow) }),
    `Measured on ${count(record.split.test)} facts that neither the fit nor any choice has seen, before (vectors as they were) and after; intervals at 95 % by a paired bootstrap over facts.`,
    '## Limits',
    limits(record),
    '## Encoder',
    encoderLines(record),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const COLUMNS = [
  { label: 'Measure' },
  ...['Before', 'After', 'Difference', '95 % low', '95 % high'].map((label) => ({
    label,
    numeric: true,
  })),
];

function heldOutRow({ name, before, after, interval }: HeldOutEntry): string[] {
  const shown = (value: number): string =>
    Number.isNaN(value) ? 'not defined' : formatValue(value);
  return [
    name,
    ...[before, after, after - before].map(shown),
    ...(interval === null ? ['none', 'none'] : interval.map(shown)),
  ];
}

function count(n: number): string {
  return n.toLocaleString('en');
}

function otherLanguages({ adapter }: AdapterRecord): string {
  return adapter.otherLanguages === null
    ? 'A language that is not listed cannot be mapped: each map belongs to its language.'
    : 'A language that is not listed first loses the mean of its own texts at hand; what follows is `otherLanguages` in the file.';
}

function fittedOn({ files, split, settings, strength, adapter, isogloss }: AdapterRecord): string {
  const lines = [
    `Facts: ${count(split.train)} to fit, ${count(split.validation)} to choose, ${count(split.test)} to judge; kept together by ${split.by}; SHA-256 of the split ${split.hash}`,
    ...files.map(({ name, sha256 }) => `File: ${name}, SHA-256 ${sha256}`),
    `Seed: ${settings.seed}`,
    ...(strength === null ? [] : [strengthLine(adapter.method, strength, settings)]),
    ...(isTrained(adapter.method) ? trainingLines(settings) : []),
    `Isogloss ${isogloss}`,
  ];
  return lines.map((line) => `- ${escaped(line)}`).join('\n');
}

type Settings = AdapterRecord['settings'];

function strengthLine(method: AdapterMethod, strength: number, settings: Settings): string {
  const how = settings.strength === null ? 'chosen on folds of the facts to fit' : 'given';
  if (method === 'lir') return `Directions taken away: ${strength}, ${how}`;
  const onto = settings.target === 'centroid' ? 'the mean of the other languages' : settings.target;
  const shown = strength === Infinity ? 'infinite: centering alone' : String(strength);
  return `Ridge (ρ, relative to the spectral norm): ${shown}, ${how}; mapped onto ${onto}`;
}

function isTrained(method: AdapterMethod): boolean {
  return ['low-rank', 'shared-low-rank', 'preference'].includes(method);
}

function trainingLines({ method, training, preference }: Settings): string[] {
  const words = Object.entries(training).map(([name, value]) => `${name} ${value}`);
  const own = `Preferences: from ${preference.source}, loss ${preference.loss}, beta ${preference.beta}`;
  return [`Training: ${words.join(', ')}`, ...(method === 'preference' ? [own] : [])];
}

function limits({ split }: AdapterRecord): string {
  return [
    'It maps vectors of this encoder, with this pooling and prefix, and of no other.',
    `It has seen ${count(split.train)} facts of one kind: whether it helps on texts of another kind is not known.`,
    'On the facts that it was fitted on, numbers flatter it.',
    'Cosines mean something else after it than before: compare retrieval, or numbers that were both measured after it.',
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}

function encoderLines({ encoder }: AdapterRecord): string {
  const { id, revision, licence, dtype, pooling, prefix } = encoder;
  const shown = (value: string): string => (value === '' ? 'none' : value);
  const lines = [
    `${id}, revision ${shown(revision)}, precision ${shown(dtype)}, pooling ${shown(pooling)}, prefix ${shown(prefix)}`,
    `Licence of the encoder: ${shown(licence)}`,
  ];
  return lines.map((line) => `- ${escaped(line)}`).join('\n');
}
