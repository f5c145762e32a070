import { chance } from "./chance.ts";

/** Seconds that creating usually takes, first match wins. Rounded from what people see in these clouds. */
const usualSeconds: readonly [pattern: RegExp, low: number, high: number][] = [
  [/cloudfront_distribution$/, 180, 420],
  [/^aws_(db_instance|rds_cluster)|_sql_database_instance$|_(postgresql|mysql)_flexible_server$/, 240, 480],
  [/_(eks|aks|gke|container|kubernetes)_cluster$/, 420, 720],
  [/elasticache|redis|opensearch|elasticsearch|_msk_/, 240, 420],
  [/^aws_(lb|alb|elb)$|load_balancer$|forwarding_rule$|application_gateway$/, 90, 200],
  [/nat_gateway$|vpn_gateway$/, 60, 120],
  [/^aws_instance$|virtual_machine$|compute_instance$/, 15, 60],
  [/bigquery|_dataset$|_bucket$/, 2, 8],
  [/certificate/, 15, 60],
  [/^helm_release$|_deployment/, 15, 60],
  [/^aws_(iam|security_group|s3)|_subnet|_network|_role|_policy/, 2, 8],
];
const otherwise = [3, 10] as const;

/** How long creating takes; the same for the same environment and address. */
export function createSeconds(type: string, seed: string): number {
  const [, low, high] = usualSeconds.find(([pattern]) => pattern.test(type)) ?? ["", ...otherwise];
  return low + (high - low) * chance(seed, "create");
}

/** Destroying takes a third of it. */
export function destroySeconds(type: string, seed: string): number {
  return createSeconds(type, `${seed} destroy`) / 3;
}
