import { layoutUmap } from '../src/projection/umap.ts';
import type { ProjectionApi } from '../src/protocol/api.ts';
import { serve } from '../src/protocol/server.ts';

serve<ProjectionApi>(self, { layout: layoutUmap });
