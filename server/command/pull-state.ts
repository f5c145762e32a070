// `npx tsx server/command/pull-state.ts env-77 <grain>`: prints the Terraform state of a grain, for rescue by hand with
// `terraform state push` or a local backend. It holds secrets: write it to a file only you can read.
import { eq } from "drizzle-orm";
import { closeDatabase, database } from "#db/client.ts";
import { environments } from "#db/schema/environment.ts";
import { showTerraform } from "#server/grain/terraform/find-terraform.ts";
import { readState } from "#server/run/terraform-state.ts";

const [ref = "", grain = ""] = process.argv.slice(2);
const number = Number(/^(?:env-)?(\d{1,15})$/.exec(ref)?.[1]);
if (!number || !grain) {
  console.error("Usage: npx tsx server/command/pull-state.ts env-<number> <grain>");
  process.exit(2);
}
const db = database();
const [environment] = await db
  .select({ id: environments.id })
  .from(environments)
  .where(eq(environments.number, number));
const state = environment ? await readState({ db }, { environmentId: environment.id, grain }) : null;
await closeDatabase();
if (state === null) {
  console.error(`There is no Terraform state of the grain ${JSON.stringify(grain)} of env-${number}.`);
  process.exit(1);
}
process.stdout.write(state);
// What follows needs the program, which this machine may not have.
const { problem } = await showTerraform("terraform");
if (problem) console.error(`\nThe state is whole. To work on it: ${problem}`);
