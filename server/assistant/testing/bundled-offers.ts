import path from "node:path";
import type { Offer } from "#server/assistant/proposal.ts";
import { parseOrThrow } from "#server/blueprint/revision/check-folder.ts";
import { listFolders, readFolder } from "#server/blueprint/revision/read-folder.ts";

/** The bundled blueprints as a catalog offers them. */
export function bundledOffers(): Offer[] {
  return listFolders("blueprints").map((name) => ({
    blueprint: parseOrThrow(name, readFolder(path.join("blueprints", name))).blueprint,
    revisionId: `revision of ${name}`,
  }));
}
