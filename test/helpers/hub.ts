import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ModelFolder } from '../../src/core/encoder.ts';

/** A model hub on this machine that serves one model, with the addresses that the real one has. */
export interface Hub {
  url: string;
  /** Paths asked for, in order. */
  requests: string[];
  /** What it serves; changed by tests. */
  files: ModelFolder;
  commit: string;
  /** Answers a file's address in another way. */
  serveFile: ((response: ServerResponse, bytes: Uint8Array) => void) | undefined;
  /** Answers the model's address in another way. */
  serveListing: ((response: ServerResponse) => void) | undefined;
  close(): Promise<void>;
}

export async function startHub(model: string, files: ModelFolder, commit: string): Promise<Hub> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    hub.requests.push(path);
    const listing = new RegExp(`^/api/models/${model}/revision/(main|${hub.commit})$`);
    if (listing.test(path)) return listFiles(response);
    const file = path.startsWith(`/${model}/resolve/${hub.commit}/`)
      ? hub.files[path.slice(`/${model}/resolve/${hub.commit}/`.length)]
      : undefined;
    if (file === undefined) return void response.writeHead(404).end('Not found');
    if (hub.serveFile !== undefined) return hub.serveFile(response, file);
    response.writeHead(200, { 'content-length': file.length }).end(file);
  });
  const listFiles = (response: ServerResponse): void => {
    if (hub.serveListing !== undefined) return hub.serveListing(response);
    const siblings = Object.keys(hub.files).map((rfilename) => ({ rfilename }));
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ sha: hub.commit, siblings }));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hub: Hub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    files,
    commit,
    serveFile: undefined,
    serveListing: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return hub;
}
