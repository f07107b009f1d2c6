import type { CommonCorpus } from '../core/common-corpus.ts';
import { takeRows, type Matrix } from '../core/matrix.ts';
import type { PicturePair } from '../core/run-comparison.ts';
import { alignPicture } from './procrustes.ts';

/** The pictures of two runs, each [its renderings, 2], in the frame of the first. */
export function picturePair({ rows }: CommonCorpus, before: Matrix, after: Matrix): PicturePair {
  const first = takeRows(before, rows[0]);
  const { fitted, misfit } = alignPicture(takeRows(after, rows[1]), first);
  return { before: first, after: fitted, misfit };
}
