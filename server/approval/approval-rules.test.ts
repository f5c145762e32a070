import { describe, expect, test } from "vitest";
import type { Actor, Person, Role } from "#server/actor.ts";
import { type OpenRequest, settle, whyNotVote } from "./approval-rules.ts";

const now = new Date("2026-03-02T10:00:00Z");
const request: OpenRequest = {
  state: "open",
  spaceId: "space",
  planHash: "hash",
  requiredApprovals: 2,
  barredIds: ["maya"],
  expiresAt: new Date("2026-03-03T10:00:00Z"),
};
const person = (id: string, held: Role[], accountAdmin = false): Person => ({
  kind: "person",
  id,
  name: id,
  email: `${id}@x.example`,
  accountAdmin,
  groups: [],
  roles: { space: held },
});
const robot: Actor = {
  kind: "automation",
  id: "bot",
  name: "bot",
  email: "b@x.example",
  accountAdmin: false,
  groups: [],
  onBehalfOf: null,
  roles: { space: ["approver"] },
};

describe("who may vote", () => {
  test.each<[string, Actor, Partial<OpenRequest>, string | undefined]>([
    ["an approver", person("ari", ["approver"]), {}, undefined],
    ["a space admin", person("sam", ["admin"]), {}, undefined],
    ["the requester, though approver", person("maya", ["approver"]), {}, "You asked for this"],
    ["a member", person("mo", ["member"]), {}, "needs the role"],
    ["an account admin without the role", person("alex", [], true), {}, "needs the role"],
    ["an automation with the role", robot, {}, "Only people"],
    ["the system", { kind: "system", id: "system:worker", name: "worker" }, {}, "Only people"],
    ["anybody after expiry", person("ari", ["approver"]), { expiresAt: now }, "expired"],
    ["anybody once settled", person("ari", ["approver"]), { state: "superseded" }, "superseded"],
  ])("%s", (_who, actor, change, expected) => {
    const why = whyNotVote(actor, { ...request, ...change }, [], now);
    if (expected === undefined) expect(why).toBeUndefined();
    else expect(why).toContain(expected);
  });

  test("nobody votes twice", () => {
    const votes = [{ personId: "ari", vote: "approve" as const }];
    expect(whyNotVote(person("ari", ["approver"]), request, votes, now)).toContain("already");
  });
});

describe("what the votes amount to", () => {
  test("two of two approve", () => {
    const votes = [
      { personId: "a", vote: "approve" as const },
      { personId: "b", vote: "approve" as const },
    ];
    expect(settle(request, votes.slice(0, 1))).toBe("open");
    expect(settle(request, votes)).toBe("approved");
  });

  test("the same person counts once", () => {
    const twice = [
      { personId: "a", vote: "approve" as const },
      { personId: "a", vote: "approve" as const },
    ];
    expect(settle(request, twice)).toBe("open");
  });

  test("one rejection ends it", () => {
    const votes = [
      { personId: "a", vote: "approve" as const },
      { personId: "b", vote: "reject" as const },
    ];
    expect(settle({ requiredApprovals: 1 }, votes)).toBe("rejected");
  });
});
