import { expect } from "vitest";
import type { Answer } from "#server/command/portal-client.ts";
import type { CrashPoint } from "#server/crashpoint.ts";
import { expectChain, expectGone, expectOnce } from "./kill-checks.ts";
import { difference, readTrace, type Trace } from "./trace.ts";
import type { WebRequest, WebStage } from "./web-stage.ts";
import type { WebStory } from "./web-stories.ts";

/** What a request that is not interrupted leaves behind, and what it is answered. */
type Whole = { left: Trace; answer: Answer };
const wholes = new Map<WebStory, Whole>();

const idOf = (request: { environmentId?: string }, { data }: Answer) =>
  request.environmentId ?? String(data.environmentId);

/** The worker does its part; then everything is ended again, so that the next story finds all places free. */
async function finish(stage: WebStage, story: WebStory, environmentId: string): Promise<void> {
  await stage.work();
  expect(await stage.stateOf(environmentId)).toBe(story.becomes);
  const act = (procedure: string) =>
    stage.ask({ who: "maya", procedure: `environment.${procedure}`, input: { environmentId } });
  if (story.becomes === "awaiting_approval") await act("withdraw");
  if (story.becomes === "active") {
    await act("withdraw");
    expect((await act("terminate")).status).toBe(200);
    await stage.work();
    expect(await stage.stateOf(environmentId)).toBe("ended");
  }
  await expectGone(stage, environmentId);
  await expectOnce(stage.ctx(), environmentId);
  await expectChain(stage);
  expect(await stage.places(), "no place is taken any more").toBe(0);
}

/** The same request on a web process that nobody kills. */
async function playWhole(stage: WebStage, story: WebStory): Promise<Whole> {
  const known = wholes.get(story);
  if (known) return known;
  const request = await story.arrange(stage);
  const before = await readTrace(stage.ctx());
  const answer = await stage.ask(request);
  expect(answer.status, JSON.stringify(answer.data)).toBe(200);
  const whole = { left: difference(before, await readTrace(stage.ctx())), answer };
  expect(whole.left).not.toEqual({});
  wholes.set(story, whole);
  await finish(stage, story, idOf(request, answer));
  return whole;
}

/** Only what follows the commit may leave anything behind. */
const isCommitted = (point: CrashPoint) => point.endsWith("after-commit");

/** The client repeats itself: where the killed process was started again, or where it is led to another one meanwhile. */
async function askAgain(stage: WebStage, request: WebRequest, isRestarted: boolean): Promise<Answer> {
  if (!isRestarted) return stage.ask(request);
  const heir = await stage.start();
  return stage.askAt(heir, request).finally(() => heir.stop());
}

type Cut = { story: WebStory; point: CrashPoint };

async function play(stage: WebStage, name: string, { story, point }: Cut): Promise<void> {
  const whole = await playWhole(stage, story);
  const request = await story.arrange(stage);
  const places = await stage.places();
  const before = await readTrace(stage.ctx());
  const doomed = await stage.start(point);
  const cut = await stage.askAt(doomed, request).then(
    ({ status }) => `answered ${status}`,
    () => "no answer",
  );
  expect(cut).toBe("no answer");
  expect(await doomed.end).toBe("killed");
  stage.kills.push({ process: "web", story: name, point });
  const left = difference(before, await readTrace(stage.ctx()));
  expect(left).toEqual(isCommitted(point) ? whole.left : {});

  const again = await askAgain(stage, request, story.points[0] === point);
  expect(again.status, JSON.stringify(again.data)).toBe(200);
  expect(again.data.word).toEqual(whole.answer.data.word);
  expect(difference(before, await readTrace(stage.ctx())), "once, and whole").toEqual(whole.left);
  const added = (whole.left["environment queued"] ?? 0) + (whole.left["environment awaiting_approval"] ?? 0);
  if (!request.environmentId) expect(await stage.places(), "one place at most").toBe(places + Math.max(0, added));
  await finish(stage, story, idOf(request, again));
}

/**
 * Kills the web process in the midst of a request. Its trace is whole or nothing, the repeat is answered as the first
 * would have been and adds only what was missing, and after the worker's part and the end nothing is left anywhere.
 */
export async function playWebStory(stage: WebStage, name: string, cut: Cut): Promise<void> {
  try {
    await play(stage, name, cut);
  } catch (error) {
    await stage.clear();
    throw error;
  }
}
