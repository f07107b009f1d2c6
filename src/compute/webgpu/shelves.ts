import type { TensorInfo } from '@tensorflow/tfjs-core';
import { AnalyzerError } from '../../core/errors.ts';
import { refuseNotFinite, type Matrix } from '../../core/matrix.ts';
import { padToQuads } from './operands.ts';
import type { Session } from './session.ts';

/** Where the rows of a language lie on the GPU. */
export interface Place {
  /** Rows of `quads` vec4 of many languages. */
  shelf: TensorInfo;
  quads: number;
  /** The language's first row. */
  first: number;
}

/** Most bytes of a shelf that holds more than one language. */
const SHELF_BYTES = 256 * 1024 * 1024;

/**
 * Brings every language to the GPU once, many in one buffer, so that one dispatch can take many pairs.
 *
 * @throws AnalyzerError `numeric/not-finite`; `memory/exceeded` when a language is larger than a buffer
 */
export function shelve(session: Session, languages: Set<Matrix>): Map<Matrix, Place> {
  const places = new Map<Matrix, Place>();
  let waiting: Matrix[] = [];
  const most = Math.min(SHELF_BYTES, session.gpu.bindingBytes);
  for (const language of languages) {
    refuseNotFinite(language);
    const fits =
      language.columns === waiting[0]?.columns && bytesOf(waiting) + bytesOf([language]) <= most;
    if (!fits) fillShelf(session, waiting, places);
    waiting = fits ? [...waiting, language] : [language];
  }
  fillShelf(session, waiting, places);
  return places;
}

function bytesOf(languages: Matrix[]): number {
  return languages.reduce((sum, { rows, columns }) => sum + rows * Math.ceil(columns / 4) * 16, 0);
}

function fillShelf(session: Session, languages: Matrix[], places: Map<Matrix, Place>): void {
  if (languages.length === 0) return;
  refuseLarger(session, bytesOf(languages), 'One language');
  const quads = Math.ceil(languages[0].columns / 4);
  const values = new Float32Array(bytesOf(languages) / 4);
  const shelf = session.buffer(values.length, values);
  let first = 0;
  for (const language of languages) {
    values.set(padToQuads(language).data, first * quads * 4);
    places.set(language, { shelf, quads, first });
    first += language.rows;
  }
}

/** @throws AnalyzerError `memory/exceeded` */
export function refuseLarger({ gpu }: Session, bytes: number, what: string): void {
  if (bytes <= gpu.bindingBytes) return;
  const inWords = (size: number): string =>
    `${(size / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
  throw new AnalyzerError(
    'memory/exceeded',
    `${what} takes ${inWords(bytes)} in one piece, and a buffer of this GPU holds ${inWords(gpu.bindingBytes)}.`,
    { hint: 'Choose fewer facts, or the CPU.' },
  );
}
