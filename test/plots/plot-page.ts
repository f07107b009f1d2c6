import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../../src/plots/theme.css';
import { reactive } from './reactive.svelte.ts';

/** Where plots stand, 640 pixels wide; a new one for each test. */
export let host: HTMLElement;
let mounted: Record<string, unknown>[] = [];

beforeEach(() => {
  host = document.createElement('div');
  host.style.width = '640px';
  document.body.append(host);
});

afterEach(async () => {
  await Promise.all(mounted.map((component) => unmount(component)));
  mounted = [];
  host.remove();
});

/** Mounts a plot 640 pixels wide and gives props that it follows. */
export async function show<Props extends Record<string, unknown>>(
  plot: Component<Props>,
  given: Props,
): Promise<Props> {
  const props = reactive(given);
  mounted.push(mount(plot, { target: host, props }));
  await settled();
  return props;
}

/** After widths have been measured and frames drawn. */
export async function settled(): Promise<void> {
  flushSync();
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  flushSync();
}

export function one<E extends Element = HTMLElement>(selector: string): E {
  const found = host.querySelectorAll<E>(selector);
  if (found.length !== 1) throw new Error(`expected one ${selector}, found ${found.length}`);
  return found[0];
}

export const all = (selector: string): Element[] => [...host.querySelectorAll(selector)];
export const texts = (selector: string): string[] =>
  all(selector).map((element) => element.textContent.trim());
export const readout = (): string => one('[data-readout]').textContent.replace(/\s+/g, ' ').trim();
export const announced = (): string => one('p[aria-live]').textContent;

export function button(name: string): HTMLButtonElement {
  const found = [...host.querySelectorAll('button')].find(
    (element) => element.textContent.trim() === name,
  );
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
}

export async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await userEvent.keyboard(`{${key}}`);
  await settled();
}

/** Clicks the button and gives what would have been saved. */
export async function saved(name: 'SVG' | 'PNG'): Promise<{ blob: Blob; file: string }> {
  let blob: Blob | undefined;
  let file = '';
  const make = vi.spyOn(URL, 'createObjectURL');
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    file = this.download;
    blob = make.mock.calls.at(-1)?.[0] as Blob;
  });
  button(name).click();
  await vi.waitFor(() => expect(file).not.toBe(''));
  make.mockRestore();
  click.mockRestore();
  if (blob === undefined) throw new Error('nothing was saved');
  return { blob, file };
}

/** Parses an exported picture and holds it to what every exported picture must be. */
export function assertStandalone(svg: string): Document {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(parsed.querySelector('parsererror')).toBeNull();
  expect(svg).not.toContain('var(');
  expect(svg).not.toMatch(/\bclass=|<style|<script|<foreignObject/);
  const references = [...svg.matchAll(/(?:href|src)="([^"]*)"|url\(([^)]*)\)/g)].map(
    (m) => m[1] ?? m[2],
  );
  for (const reference of references) expect(reference).toMatch(/^["']?(#|data:image\/png)/);
  for (const id of references.filter((r) => r.includes('#'))) {
    expect(parsed.getElementById(id.replace(/["'#]|&quot;/g, ''))).not.toBeNull();
  }
  return parsed;
}
