import {
  adapterLabel,
  type Adapter,
  type AdapterProvenance,
  type AdapterRecord,
} from './adapter.ts';
import { AnalyzerError } from './errors.ts';
import { VECTORS_GIVEN } from './layers.ts';
import type { ModelProvenance } from './report.ts';

/**
 * Whether an adapter may follow an encoder: it maps the space of the vectors that it was fitted on, and no other.
 *
 * Of vectors that were given nothing is known but their dimensions.
 *
 * @returns notices about what differs and moves vectors a little
 * @throws AnalyzerError `embeddings/mismatch` for another model, pooling, prefix or number of dimensions
 */
export function checkEncoder({ encoder }: AdapterRecord, model: ModelProvenance): string[] {
  const differing = (names: (keyof ModelProvenance)[]): string[] =>
    names
      .filter((name) => encoder[name] !== model[name])
      .map((name) => `${name} ${shown(encoder[name])} there, ${shown(model[name])} here`);
  if (model.id === VECTORS_GIVEN && encoder.dimensions === model.dimensions)
    return [
      `The adapter was fitted on vectors of ${encoder.id}; whether it made these, which were given, is not known.`,
    ];
  const apart = differing(['id', 'pooling', 'prefix', 'dimensions']);
  if (apart.length > 0) {
    throw new AnalyzerError(
      'embeddings/mismatch',
      `The adapter was fitted on vectors of another encoder: ${apart.join('; ')}.`,
      { hint: 'Take the encoder that it was fitted on, or fit one on these vectors.' },
    );
  }
  const near = differing(['dtype', 'revision']);
  if (hasOtherFiles(encoder, model)) near.push('files with other hashes');
  if (near.length === 0) return [];
  return [
    `The adapter was fitted on vectors that were made a little differently (${near.join('; ')}): its maps fit these the less.`,
  ];
}

/** @throws AnalyzerError `embeddings/mismatch` where an adapter can map none but its own languages, and lacks some of these */
export function assertLanguagesKnown(
  { languages, otherLanguages }: Adapter,
  wanted: { tag: string }[],
): void {
  const own = new Set(languages.map(({ tag }) => tag));
  const others = wanted.filter(({ tag }) => !own.has(tag)).map(({ tag }) => tag);
  if (otherLanguages !== null || others.length === 0) return;
  throw new AnalyzerError(
    'embeddings/mismatch',
    `The adapter has no map for ${others.join(', ')}: it was fitted on ${[...own].join(', ')}, each with a map of its own.`,
    { hint: 'Leave these languages out, or fit an adapter on facts that have them.' },
  );
}

/** @throws AnalyzerError `embeddings/mismatch` where an adapter mapped the vectors before */
export function assertUnmapped(adapter: AdapterProvenance | null): void {
  if (adapter === null) return;
  throw new AnalyzerError(
    'embeddings/mismatch',
    `The vectors are those of ${adapterLabel(adapter)} already; their manifest says so.`,
    { hint: 'Give vectors as the encoder made them, or apply no adapter.' },
  );
}

function shown(value: unknown): string {
  return value === '' ? 'none' : String(value as string | number);
}

/** Files of one name: precisions are files with names of their own. */
function hasOtherFiles(a: ModelProvenance, b: ModelProvenance): boolean {
  return Object.entries(a.files).some(([name, hash]) => (b.files[name] ?? hash) !== hash);
}
