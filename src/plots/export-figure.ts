import { appendLines } from './legend-svg.ts';

/** Presentation that a picture keeps when it leaves the page; everything else is the browser's default. */
const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'paint-order',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'font-variant-numeric',
  'text-anchor',
  'dominant-baseline',
  'shape-rendering',
];

/** What an SVG property is when nobody sets it: not worth writing. */
const DEFAULTS: Record<string, string> = {
  fill: 'rgb(0, 0, 0)',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-width': '1px',
  'stroke-opacity': '1',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'paint-order': 'normal',
  opacity: '1',
  'font-style': 'normal',
  'font-variant-numeric': 'normal',
  'text-anchor': 'start',
  'dominant-baseline': 'auto',
  'shape-rendering': 'auto',
};

/** Pixels around an exported picture. */
export const MARGIN = 12;

interface FigureText {
  title: string;
  description: string;
  /** Written below the figure; none for ''. */
  note?: string | undefined;
  /** Adds to the copy what the page shows by other means than SVG. */
  complete?: (copy: SVGSVGElement) => void;
}

/**
 * A standalone SVG of an element on the page: computed styles inlined, so that no variable, class or style sheet is
 * needed; the surface colour behind; title and description inside. Elements marked `data-screen-only` are left out.
 */
export function serializeSvg(
  svg: SVGSVGElement,
  { title, description, note = '', complete }: FigureText,
): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { width, height } = svg.getBoundingClientRect();
  for (const name of copy.getAttributeNames()) copy.removeAttribute(name);
  copy.setAttribute('viewBox', `0 0 ${Math.round(width)} ${Math.round(height)}`);
  copy.setAttribute('role', 'img');
  inlineStyles(svg, copy, DEFAULTS);
  for (const element of copy.querySelectorAll('[data-screen-only]')) element.remove();
  complete?.(copy);
  if (note !== '') appendLines(copy, [note]);
  const size = {
    width: copy.viewBox.baseVal.width + 2 * MARGIN,
    height: copy.viewBox.baseVal.height + 2 * MARGIN,
  };
  copy.setAttribute('width', String(size.width));
  copy.setAttribute('height', String(size.height));
  copy.setAttribute('viewBox', `${-MARGIN} ${-MARGIN} ${size.width} ${size.height}`);
  copy.prepend(
    textElement('title', title),
    textElement('desc', description),
    background(svg, size),
  );
  return new XMLSerializer().serializeToString(copy);
}

const SVG = 'http://www.w3.org/2000/svg';

function textElement(name: string, text: string): Element {
  const element = document.createElementNS(SVG, name);
  element.textContent = text;
  return element;
}

function background(
  svg: SVGSVGElement,
  { width, height }: { width: number; height: number },
): Element {
  const rect = document.createElementNS(SVG, 'rect');
  rect.setAttribute('x', String(-MARGIN));
  rect.setAttribute('y', String(-MARGIN));
  rect.setAttribute('width', String(width));
  rect.setAttribute('height', String(height));
  rect.setAttribute('fill', surfaceColor(svg));
  return rect;
}

/** The plot surface of the element's scheme. */
function surfaceColor(element: Element): string {
  return getComputedStyle(element).getPropertyValue('--surface').trim() || '#ffffff';
}

/** Writes onto the copy every property whose value it would not inherit anyway. */
function inlineStyles(from: Element, to: Element, inherited: Record<string, string>): void {
  const computed = getComputedStyle(from);
  const own: Record<string, string> = {};
  const text: string[] = [];
  for (const property of PROPERTIES) {
    own[property] = computed.getPropertyValue(property).replaceAll('"', "'");
    if (own[property] !== inherited[property]) text.push(`${property}:${own[property]}`);
  }
  to.removeAttribute('class');
  to.removeAttribute('style');
  if (text.length > 0) to.setAttribute('style', text.join(';'));
  // Opacity applies to a group as a whole and is not inherited.
  own.opacity = '1';
  for (let i = 0; i < from.children.length; i++)
    inlineStyles(from.children[i], to.children[i], own);
}

/** Draws a standalone SVG at `scale` times its size and gives the PNG. */
export async function toPng(svg: string, scale = 2): Promise<Blob> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await blobOf(canvas);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null)
        reject(new Error(`no PNG of ${canvas.width} x ${canvas.height} pixels could be made`));
      else resolve(blob);
    }, 'image/png');
  });
}

/** Hands a file to the browser's download. */
export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Firefox reads the address after the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
