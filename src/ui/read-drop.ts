import type { ModelFolder } from '../core/encoder.ts';

export interface DroppedFile {
  /** With the path inside a dropped folder. */
  name: string;
  content: File;
}

/** Every file of a drop; folders are walked. Must be called while the drop event is handled. */
export async function filesOfDrop(transfer: DataTransfer): Promise<DroppedFile[]> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter(
    (entry) => entry !== null,
  );
  if (entries.length === 0) return filesOfInput(transfer.files);
  return (await Promise.all(entries.map((entry) => walk(entry)))).flat();
}

export function filesOfInput(files: FileList | File[]): DroppedFile[] {
  return Array.from(files, (content) => ({
    name: content.webkitRelativePath || content.name,
    content,
  }));
}

async function walk(entry: FileSystemEntry): Promise<DroppedFile[]> {
  if (entry.name.startsWith('.')) return [];
  if (entry.isFile) {
    const content = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    return [{ name: entry.fullPath.replace(/^\//, ''), content }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: DroppedFile[] = [];
  // A reader answers in portions and an empty one at the end.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (portion.length === 0) return found;
    found.push(...(await Promise.all(portion.map((inner) => walk(inner)))).flat());
  }
}

export interface DroppedModel {
  name: string;
  folder: ModelFolder;
  /** The files it was made of. */
  files: DroppedFile[];
}

/** A model folder among the dropped files (one with a config.json above an .onnx file), or null. */
export async function modelFolderOf(files: DroppedFile[]): Promise<DroppedModel | null> {
  // Sentence encoders have a second config.json in a folder of theirs: the outermost is the model's.
  const [config] = files
    .filter(({ name }) => name === 'config.json' || name.endsWith('/config.json'))
    .sort((a, b) => a.name.length - b.name.length);
  if (config === undefined) return null;
  const prefix = config.name.slice(0, -'config.json'.length);
  const inside = files.filter(({ name }) => name.startsWith(prefix));
  if (!inside.some(({ name }) => name.endsWith('.onnx'))) return null;
  const folder: ModelFolder = {};
  for (const { name, content } of inside) {
    folder[name.slice(prefix.length)] = new Uint8Array(await content.arrayBuffer());
  }
  return { name: prefix.replace(/\/$/, '') || 'model folder', folder, files: inside };
}
