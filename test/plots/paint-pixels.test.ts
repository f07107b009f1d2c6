import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import type { MapMarks } from '../../src/plots/map-marks.ts';
import { layMarks, type Pixels, type PixelScale } from '../../src/plots/paint-pixels.ts';

const MARGIN = 40;
const SIZE = 24;
const POINTS = 400;

function pixels(size: number): Pixels {
  const count = size * size;
  return { width: size, height: size, words: new Int32Array(count), veil: new Uint8Array(count) };
}

/** Points in and around a picture of 24 × 24 pixels, in its pixels. */
function marks(): MapMarks {
  const random = seededRandom(3);
  const points = Float32Array.from({ length: 3 * POINTS }, (_, i) =>
    i % 3 === 2 ? 1 : SIZE * (2 * random() - 0.5),
  );
  const inks = Uint8Array.from({ length: 4 * POINTS }, (_, i) =>
    i % 4 === 3 ? 140 : 255 * random(),
  );
  return {
    count: POINTS,
    points,
    inks,
    threads: new Float32Array(0),
    threadInk: new Uint8Array(4),
  };
}

describe('points painted in memory', () => {
  it.each([0.7, 2.2, 9])(
    'of radius %f are cut at every edge as a larger picture would show them',
    (radius) => {
      const to = (margin: number): PixelScale => {
        const [left, top] = [margin, margin + SIZE];
        return { scale: 1, left, top, radius, thread: 1 };
      };
      const [small, large] = [pixels(SIZE), pixels(SIZE + 2 * MARGIN)];
      layMarks(small, marks(), to(0));
      layMarks(large, marks(), to(MARGIN));
      const rows = Array.from({ length: SIZE }, (_, row) => {
        const start = (row + MARGIN) * large.width + MARGIN;
        return [...large.words.subarray(start, start + SIZE)];
      });
      expect(rows.flat().some((word) => word !== 0)).toBe(true);
      expect([...small.words]).toEqual(rows.flat());
    },
  );
});
