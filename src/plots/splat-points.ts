/** Pixels that points are written into, kept from frame to frame. */
export interface PixelLayer {
  canvas: HTMLCanvasElement;
  image: ImageData;
}

/** A style with its colour taken apart once for many points. */
interface SplatPaint {
  red: number;
  green: number;
  blue: number;
  /** In [0, 255]. */
  alpha: number;
  side: number;
}

interface SplatStyle {
  /** `#rrggbb` */
  color: string;
  /** In [0, 1]. */
  opacity: number;
  /** Side of a point's square in device pixels, a whole number. */
  side: number;
}

/** A cleared layer of this size: the given one if it fits. */
export function pixelLayer(old: PixelLayer | null, width: number, height: number): PixelLayer {
  if (old !== null && old.image.width === width && old.image.height === height) {
    old.image.data.fill(0);
    return old;
  }
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return { canvas, image: new ImageData(width, height) };
}

/** Lays one square over what is there. (x, y) is its middle in device pixels. */
export function splat(
  { width, height, data }: ImageData,
  x: number,
  y: number,
  style: SplatPaint,
): void {
  const { red, green, blue, alpha, side } = style;
  const left = Math.floor(x - side / 2 + 0.5);
  const top = Math.floor(y - side / 2 + 0.5);
  const right = Math.min(width, left + side);
  const bottom = Math.min(height, top + side);
  for (let row = Math.max(0, top); row < bottom; row++) {
    for (let column = Math.max(0, left); column < right; column++) {
      const i = 4 * (row * width + column);
      // out = a + b (1 - a); colour = below + (above - below) a / out
      const out = alpha + (data[i + 3] * (255 - alpha)) / 255;
      const share = alpha / out;
      data[i] += (red - data[i]) * share;
      data[i + 1] += (green - data[i + 1]) * share;
      data[i + 2] += (blue - data[i + 2]) * share;
      data[i + 3] = out;
    }
  }
}

export function splatPaint({ color, opacity, side }: SplatStyle): SplatPaint {
  const number = Number.parseInt(color.slice(1), 16);
  return {
    red: number >> 16,
    green: (number >> 8) & 255,
    blue: number & 255,
    alpha: Math.round(255 * opacity),
    side,
  };
}
