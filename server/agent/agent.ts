/** Where grains run. */
export const agentNames = ["local", "simulator"] as const;
export type AgentName = (typeof agentNames)[number];

export type Agent = {
  name: AgentName;
  title: string;
  description: string;
  /** Nothing it makes is real; whatever it runs is labelled so. */
  simulated: boolean;
};

export const agents = {
  local: {
    name: "local",
    title: "This host",
    description: "Runs shell commands, Terraform and OpenTofu on the host of the worker.",
    simulated: false,
  },
  simulator: {
    name: "simulator",
    title: "Simulator",
    description: "Runs any blueprint without touching a cloud: resources take time, drift, fail and are destroyed.",
    simulated: true,
  },
} as const satisfies Record<AgentName, Agent>;

export function isAgentName(name: string): name is AgentName {
  return Object.hasOwn(agents, name);
}
