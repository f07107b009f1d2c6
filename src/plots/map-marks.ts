import { batches, middleOf, threadOpacity, type MapPicture } from './draw-projection.ts';
import { membersOf } from './groups.ts';

/** What a map shows, taken apart once for many frames: places in the map's unit, marks in the order of drawing. */
export interface MapMarks {
  /** Renderings of the map, those without a place included. */
  count: number;
  /** [points, 3]: x, y and the radius relative to `pointRadius`. */
  points: Float32Array;
  /** [points, 4]: red, green, blue and opacity in [0, 255]. */
  inks: Uint8Array;
  /** [threads, 4]: x and y of the middle of a fact's renderings, then of one of them. Drawn below the points. */
  threads: Float32Array;
  /** Red, green, blue and opacity of all threads, in [0, 255]. */
  threadInk: Uint8Array;
}

export function mapMarks(picture: MapPicture): MapMarks {
  return {
    count: picture.positions.length / 2,
    ...pointMarks(picture),
    threads: picture.allThreads ? threadMarks(picture) : new Float32Array(0),
    threadInk: inkOf(picture.inks.thread, threadOpacity(picture)),
  };
}

function pointMarks(picture: MapPicture): Pick<MapMarks, 'points' | 'inks'> {
  const { positions } = picture;
  const points = new Float32Array((positions.length / 2) * 3);
  const inks = new Uint8Array((positions.length / 2) * 4);
  const words = new Uint32Array(inks.buffer);
  let count = 0;
  for (const { color, opacity, size, members } of batches(picture)) {
    const [word] = new Uint32Array(inkOf(color, opacity).buffer);
    for (const point of members) {
      const x = positions[2 * point];
      const y = positions[2 * point + 1];
      if (Number.isNaN(x)) continue;
      points[3 * count] = x;
      points[3 * count + 1] = y;
      points[3 * count + 2] = size;
      words[count++] = word;
    }
  }
  return { points: points.subarray(0, 3 * count), inks: inks.subarray(0, 4 * count) };
}

function threadMarks({ positions, byFact }: MapPicture): Float32Array {
  const threads = new Float32Array(positions.length * 2);
  let end = 0;
  for (let f = 0; f + 1 < byFact.starts.length; f++) {
    const members = membersOf(byFact, f);
    const { x, y } = middleOf(positions, members);
    for (const point of members) {
      if (Number.isNaN(positions[2 * point])) continue;
      threads[end++] = x;
      threads[end++] = y;
      threads[end++] = positions[2 * point];
      threads[end++] = positions[2 * point + 1];
    }
  }
  return threads.subarray(0, end);
}

/** @param color `#rrggbb` */
function inkOf(color: string, opacity: number): Uint8Array {
  const number = Number.parseInt(color.slice(1), 16);
  return Uint8Array.of(number >> 16, (number >> 8) & 255, number & 255, Math.round(255 * opacity));
}
