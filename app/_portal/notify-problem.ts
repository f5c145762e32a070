"use client";

import { notifications } from "@mantine/notifications";
import { shownProblem } from "./problem.ts";

/** For an action without a place of its own on the page; stays until closed, so that it can be read. */
export function notifyProblem(error: unknown): void {
  const problem = shownProblem(error);
  notifications.show({
    title: problem.message,
    message: [problem.remedy, problem.reference ? `Reference ${problem.reference}` : ""].filter(Boolean).join(" "),
    color: "danger",
    autoClose: false,
    role: "alert",
  });
}
