import type { Language } from '../core/language.ts';
import { textWidth, wrapText } from './measure-text.ts';
import type { Size } from './projection-view.ts';

interface Legend {
  languages: Language[];
  colors: string[];
  size: Size;
  /** Sentences under the legend. */
  lines: string[];
}

const ROW = 20;
const SIZE = 12;

/** Makes an exported picture taller and writes the languages and some lines of text below what it shows. */
export function appendLegend(svg: SVGSVGElement, { languages, colors, size, lines }: Legend): void {
  let [x, y] = [4, size.height + 16];
  languages.forEach(({ name }, l) => {
    const width = 16 + textWidth(name, SIZE) + 16;
    if (x + width > size.width && x > 4) [x, y] = [4, y + ROW];
    append(svg, 'circle', { cx: x + 5, cy: y, r: 5, fill: colors[l] });
    append(svg, 'text', { x: x + 16, y: y + 4, fill: ink(), 'font-size': SIZE }, name);
    x += width;
  });
  svg.setAttribute('viewBox', `0 0 ${size.width} ${Math.ceil(y + 16)}`);
  appendLines(svg, lines);
}

/** Makes an exported picture taller and writes lines of text below it. */
export function appendLines(svg: SVGSVGElement, lines: string[]): void {
  const { width, height } = svg.viewBox.baseVal;
  const wrapped = lines.flatMap((text) => wrapText(text, width - 8, SIZE));
  wrapped.forEach((line, i) => {
    append(svg, 'text', { x: 4, y: height + 16 + i * ROW, fill: ink(), 'font-size': SIZE }, line);
  });
  svg.setAttribute('viewBox', `0 0 ${width} ${height + 8 + ROW * wrapped.length}`);
}

function ink(): string {
  const { documentElement } = document;
  return window.getComputedStyle(documentElement).getPropertyValue('--ink').trim() || '#000000';
}

function append(
  svg: SVGSVGElement,
  name: string,
  attributes: Record<string, string | number>,
  text = '',
): void {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  svg.append(element);
}
