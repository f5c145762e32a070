import { z } from "zod";
import { inSpace, router } from "#server/api/trpc.ts";
import { FindCatalogItemInput, findCatalogItem, starBlueprint } from "#server/blueprint/catalog/find-catalog-item.ts";
import { ListCatalogInput, listCatalog } from "#server/blueprint/catalog/list-catalog.ts";
import { listOffered } from "#server/blueprint/catalog/list-offered.ts";
import { judgeClick } from "#server/decision/judge-click.ts";

const byBlueprint = z.object({ blueprint: FindCatalogItemInput.shape.blueprintName });

export const catalogRouter = router({
  list: inSpace
    .input(ListCatalogInput.omit({ spaceId: true }))
    .query(({ ctx, input }) => listCatalog(ctx, { ...input, spaceId: ctx.space.id })),
  offered: inSpace.query(({ ctx }) => listOffered(ctx, { spaceId: ctx.space.id })),
  find: inSpace.input(byBlueprint).query(async ({ ctx, input }) => {
    const item = await findCatalogItem(ctx, { spaceId: ctx.space.id, blueprintName: input.blueprint });
    return { ...item, click: await judgeClick(ctx, { space: ctx.space, revision: item.revision }) };
  }),
  star: inSpace
    .input(byBlueprint.extend({ starred: z.boolean() }))
    .mutation(({ ctx, input }) =>
      starBlueprint(ctx, { spaceId: ctx.space.id, blueprintName: input.blueprint, isStarred: input.starred }),
    ),
});
