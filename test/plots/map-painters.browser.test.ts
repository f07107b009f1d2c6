import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../src/plots/groups.ts';
import { pointRadius, type MapFrame, type MapPicture } from '../../src/plots/draw-projection.ts';
import { mapMarks } from '../../src/plots/map-marks.ts';
import { pixelPainter } from '../../src/plots/paint-pixels.ts';
import { hasGraphicsCard, webglPainter } from '../../src/plots/paint-webgl.ts';
import { boundsOf, mapTransform, WHOLE_MAP } from '../../src/plots/projection-view.ts';
import { exampleMap } from '../gallery/example-corpus.ts';

const SIZE = { width: 320, height: 240 };
const COLORS = ['#1b71bc', '#ac5107', '#9281e1'];
const PAINTERS = { webglPainter, pixelPainter };

function picture(more: Partial<MapPicture> = {}): MapPicture {
  const { positions, language, fact } = exampleMap(40, 3);
  return {
    positions,
    byLanguage: groupsOf(language),
    byFact: groupsOf(fact),
    colors: COLORS,
    selectedLanguage: null,
    allThreads: true,
    inks: { thread: '#3b4147', dim: '#b3b8bc' },
    ...more,
  };
}

function frameOf({ positions }: MapPicture, zoom = 1): MapFrame {
  const view = { ...WHOLE_MAP, zoom };
  return { transform: mapTransform(boundsOf(positions), SIZE, view), zoom, size: SIZE };
}

function canvasOf(ratio: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE.width * ratio;
  canvas.height = SIZE.height * ratio;
  return canvas;
}

/** What a canvas shows on white. */
function seen(canvas: HTMLCanvasElement): Uint8ClampedArray {
  const { width, height } = canvas;
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.drawImage(canvas, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

function painted(
  make: (typeof PAINTERS)[keyof typeof PAINTERS],
  shown: MapPicture,
  { frame, ratio }: { frame: MapFrame; ratio: number },
): Uint8ClampedArray {
  const canvas = canvasOf(ratio);
  const painter = make(canvas)!;
  painter.paint(mapMarks(shown), frame, ratio);
  const result = seen(canvas);
  painter.free();
  return result;
}

/** The same by the browser's own arcs and lines. */
function byTheBrowser(
  shown: MapPicture,
  { frame, ratio }: { frame: MapFrame; ratio: number },
): Uint8ClampedArray {
  const canvas = canvasOf(ratio);
  const context = canvas.getContext('2d')!;
  context.scale(ratio, ratio);
  const { scale, left, top } = frame.transform;
  const place = (x: number, y: number): [number, number] => [scale * x + left, top - scale * y];
  const { threads, points, inks, threadInk } = mapMarks(shown);
  const threadsAlone = canvasOf(ratio).getContext('2d')!;
  threadsAlone.scale(ratio, ratio);
  threadsAlone.strokeStyle = shown.inks.thread;
  for (let i = 0; i < threads.length; i += 4) {
    threadsAlone.beginPath();
    threadsAlone.moveTo(...place(threads[i], threads[i + 1]));
    threadsAlone.lineTo(...place(threads[i + 2], threads[i + 3]));
    threadsAlone.stroke();
  }
  context.globalAlpha = threadInk[3] / 255;
  context.drawImage(threadsAlone.canvas, 0, 0, SIZE.width, SIZE.height);
  for (let i = 0; i < points.length / 3; i++) {
    const [red, green, blue, opacity] = inks.subarray(4 * i, 4 * i + 4);
    context.globalAlpha = opacity / 255;
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.beginPath();
    const radius = pointRadius(points.length / 3, frame.zoom) * points[3 * i + 2];
    context.arc(...place(points[3 * i], points[3 * i + 1]), radius, 0, 2 * Math.PI);
    context.fill();
  }
  return seen(canvas);
}

function meanDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
  return sum / a.length;
}

const inkAt = (data: Uint8ClampedArray, x: number, y: number): number[] => [
  ...data.subarray(4 * (y * SIZE.width + x), 4 * (y * SIZE.width + x) + 3),
];

describe.each(Object.entries(PAINTERS))('%s', (_, make) => {
  it.each([
    { ratio: 1, zoom: 1, selectedLanguage: null },
    { ratio: 2, zoom: 1, selectedLanguage: 1 },
    { ratio: 2, zoom: 3, selectedLanguage: null },
  ])(
    'draws what the browser draws with arcs and lines, $ratio pixels to one, zoomed $zoom times',
    ({ ratio, zoom, selectedLanguage }) => {
      const shown = picture({ selectedLanguage });
      const at = { frame: frameOf(shown, zoom), ratio };
      const expected = byTheBrowser(shown, at);
      const blank = new Uint8ClampedArray(expected.length).fill(255);
      const inked = meanDifference(expected, blank);
      expect(inked).toBeGreaterThan(1);
      expect(meanDifference(painted(make, shown, at), expected)).toBeLessThan(inked / 12);
    },
  );

  it('puts the selected language on top, in its own colour', () => {
    const positions = Float32Array.from([-1, -1, 1, 1, 0, 0, 0, 0]);
    const keys = { byFact: groupsOf(Int32Array.from([0, 1, 2, 2])), allThreads: false };
    const byLanguage = groupsOf(Int32Array.from([0, 1, 1, 0]));
    const shown = picture({ positions, byLanguage, ...keys, selectedLanguage: 0 });
    const [red, green, blue] = inkAt(
      painted(make, shown, { frame: frameOf(shown), ratio: 1 }),
      160,
      120,
    );
    // #1b71bc at 0.95 over grey
    expect(Math.abs(red - 0x1b) + Math.abs(green - 0x71) + Math.abs(blue - 0xbc)).toBeLessThan(40);
  });

  it('draws threads that cross no darker than one', () => {
    const positions = Float32Array.from([-1, -1, 1, 1, -1, 1, 1, -1]);
    const byFact = groupsOf(Int32Array.from([0, 0, 1, 1]));
    const byLanguage = groupsOf(Int32Array.from([0, 1, 0, 1]));
    const shown = picture({ positions, byFact, byLanguage });
    const data = painted(make, shown, { frame: frameOf(shown), ratio: 2 });
    const darkest = (x: number): number => {
      let least = 255;
      for (let y = 190; y < 290; y++) least = Math.min(least, data[4 * (2 * SIZE.width * y + x)]);
      return least;
    };
    expect(darkest(320)).toBeLessThan(225);
    expect(Math.abs(darkest(320) - darkest(340))).toBeLessThan(5);
  });

  it('draws no mark of a rendering without a place', () => {
    const positions = Float32Array.from([NaN, NaN, 0, 0]);
    const shown = picture({
      positions,
      byFact: groupsOf(Int32Array.from([0, 0])),
      byLanguage: groupsOf(Int32Array.from([0, 1])),
    });
    const data = painted(make, shown, { frame: frameOf(shown), ratio: 1 });
    const inked = data.filter((value, i) => i % 4 === 0 && value < 255).length;
    expect(inked).toBeGreaterThan(20);
    expect(inked).toBeLessThan(100);
  });
});

describe('a map', () => {
  it('is not drawn on an imitated graphics card', () => {
    expect(hasGraphicsCard()).toBe(false);
  });

  it('draws more threads than have smooth edges where the smooth ones lie', () => {
    const { positions, language, fact } = exampleMap(3000, 3);
    const shown = picture({ positions, byLanguage: groupsOf(language), byFact: groupsOf(fact) });
    const at = { frame: frameOf(shown, 6), ratio: 1 };
    const expected = byTheBrowser(shown, at);
    const inked = meanDifference(expected, new Uint8ClampedArray(expected.length).fill(255));
    expect(meanDifference(painted(pixelPainter, shown, at), expected)).toBeLessThan(inked / 6);
  });

  it('is drawn again when the graphics card was lost and came back', async () => {
    const shown = picture();
    const canvas = canvasOf(1);
    const painter = webglPainter(canvas)!;
    painter.paint(mapMarks(shown), frameOf(shown), 1);
    const before = seen(canvas);
    const loss = canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
    const event = (name: string): Promise<unknown> =>
      new Promise((resolve) => canvas.addEventListener(name, resolve, { once: true }));
    const lost = event('webglcontextlost');
    loss.loseContext();
    await lost;
    const restored = event('webglcontextrestored');
    setTimeout(() => loss.restoreContext());
    await restored;
    expect(meanDifference(seen(canvas), before)).toBe(0);
    painter.free();
  });
});
