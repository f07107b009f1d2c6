/** JSON that can be read and compared line by line: two levels are spread over lines, what lies deeper stays on one. */
export function toJson(value: unknown): string {
  return `${layout(value, 2, '')}\n`;
}

function layout(value: unknown, levels: number, indent: string): string {
  if (levels === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const nested = (part: unknown): string => layout(part, levels - 1, inner);
  const parts = Array.isArray(value)
    ? value.map(nested)
    : Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${nested(part)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return parts.length === 0
    ? open + close
    : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}
