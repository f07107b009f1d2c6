/** What this browser's WebGPU amounts to. */
export interface GpuProbe {
  available: boolean;
  /** A GPU that the CPU emulates: right, but slower than using the CPU itself. */
  software: boolean;
  /** Name in words, for example `NVIDIA Lovelace` or `SwiftShader (software: a CPU)`; '' when not available. */
  description: string;
  /** One sentence that says why there is none, or ''. */
  reason: string;
}

/** Looks at the adapter only: no device is created. Works in pages, workers and Node; never throws. */
export async function probeGpu(): Promise<GpuProbe> {
  return (await findAdapter()).probe;
}

/** The adapter itself, null when there is none. An adapter gives one device only, so each user asks for its own. */
export async function findAdapter(): Promise<{ adapter: GPUAdapter | null; probe: GpuProbe }> {
  const gpu = globalThis.navigator?.gpu as GPU | undefined;
  if (gpu === undefined) return { adapter: null, probe: missing(whyNoWebGpu()) };
  try {
    const adapter = await gpu.requestAdapter(adapterOptions());
    if (adapter === null)
      return { adapter, probe: missing('This browser offers no WebGPU adapter.') };
    return { adapter, probe: describe(adapter) };
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { adapter: null, probe: missing(`This browser refuses a WebGPU adapter: ${message}`) };
  }
}

function missing(reason: string): GpuProbe {
  return { available: false, software: false, description: '', reason };
}

function whyNoWebGpu(): string {
  if (typeof navigator === 'undefined') return 'WebGPU is missing outside a browser.';
  if (globalThis.isSecureContext === false)
    return 'WebGPU is missing on pages that are not served by HTTPS.';
  return 'WebGPU is missing in this browser.';
}

/** Chrome for Windows ignores the preference and says so on the console (crbug.com/369219127). */
function adapterOptions(): GPURequestAdapterOptions {
  return navigator.userAgent.includes('Windows') ? {} : { powerPreference: 'high-performance' };
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

/** Vendors as they write themselves; drivers report them in lower case. */
const VENDORS: Record<string, string> = { nvidia: 'NVIDIA', amd: 'AMD', arm: 'ARM' };

function describe(adapter: GPUAdapter): GpuProbe {
  const {
    vendor = '',
    architecture = '',
    device = '',
    description = '',
    isFallbackAdapter,
  } = adapter.info ?? {};
  const everything = [vendor, architecture, device, description].join(' ');
  // Browsers before 2025 have the flag on the adapter.
  const fallback =
    isFallbackAdapter ?? (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter;
  const software = fallback === true || SOFTWARE.test(everything);
  const name = nameOf(vendor, architecture, description);
  return {
    available: true,
    software,
    description: software ? `${name} (software: a CPU)` : name,
    reason: '',
  };
}

function nameOf(vendor: string, architecture: string, description: string): string {
  if (/swiftshader/i.test(`${architecture} ${description}`)) return 'SwiftShader';
  if (description !== '') return description;
  const words = [VENDORS[vendor] ?? capitalize(vendor), capitalize(architecture)];
  return words.filter((word) => word !== '').join(' ') || 'an adapter without a name';
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
