import { hexDigits, letters } from "./chance.ts";

export type OutputWish = {
  name: string;
  sensitive: boolean;
  grain: string;
  environment: { id: string; ref: string; name: string };
  /** The grain's resources, oldest first. */
  made: readonly { id: string; type: string }[];
};

const secretAlphabet = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";
const secretName = /password|secret|token|private|api_?key|access_?key|connection_?string|dsn/i;

/** A plausible value for an output nobody can know without a cloud. Hosts are under `.example`, which never resolves. */
export function simulatedOutput(wish: OutputWish): { value: string; sensitive: boolean } {
  const { name, environment, grain } = wish;
  const seed = [environment.id, grain, name];
  const host = `${label(grain)}.${environment.ref}.simulated.example`;
  const user = "app";
  const plain = (value: string) => ({ value, sensitive: wish.sensitive });
  if (/connection_?string|dsn|database_?url/i.test(name)) {
    const password = letters(secretAlphabet, 20, ...seed);
    return { value: `postgresql://${user}:${password}@${host}:5432/${label(environment.name)}`, sensitive: true };
  }
  if (secretName.test(name)) return { value: letters(secretAlphabet, 24, ...seed), sensitive: true };
  if (/ur[il]$|url|endpoint|link|console/i.test(name)) return plain(`https://${host}/`);
  if (/host|dns|domain|fqdn|address$/i.test(name)) return plain(host);
  if (/port$/i.test(name)) return plain("5432");
  if (/(^|_)ips?$|ip_address/i.test(name))
    return plain(`192.0.2.${1 + (Number.parseInt(letters(hexDigits, 2, ...seed), 16) % 254)}`);
  if (/user(name)?$|login/i.test(name)) return plain(user);
  if (/namespace|name$/i.test(name)) return plain(label(environment.name));
  if (/(^|_)(id|arn|name|zone|subnet|group)s$/i.test(name)) return plain(JSON.stringify(idsLike(wish)));
  if (/(^|_)(id|arn)$/i.test(name)) return plain(idsLike(wish)[0] ?? `simulated-${letters(hexDigits, 12, ...seed)}`);
  return plain(`simulated-${label(name)}-${letters(hexDigits, 6, ...seed)}`);
}

/** Ids of the resources that the output's name speaks of, `vpc_id` of a vpc; else of all. */
function idsLike({ name, made }: OutputWish): string[] {
  const word = name.toLowerCase().replace(/_?(id|arn|name)?s?$/, "");
  const named = made.filter(({ type }) => word !== "" && type.endsWith(word));
  return (named.length > 0 ? named : made).map(({ id }) => id);
}

function label(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "environment"
  );
}
