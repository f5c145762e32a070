/** What a request would do, as the first word of its title. */
export const actionWords = {
  launch: "Launch",
  extend: "Extend",
  plan: "Apply",
  update: "Update",
  terminate: "Terminate",
} as const;
