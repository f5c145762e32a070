import { parseAddress } from "./ip.ts";
import { parseTime } from "./parse-time.ts";
import { isPattern } from "./re2.ts";

function isTime(...layouts: readonly string[]): (text: string) => boolean {
  return (text) =>
    layouts.some((layout) => {
      try {
        parseTime(layout, text);
        return true;
      } catch {
        return false;
      }
    });
}

const label = /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/;

function isHostname(text: string): boolean {
  return text.length < 254 && text.split(".").every((part) => label.test(part));
}

function isUri(text: string): boolean {
  return /^[a-zA-Z][a-zA-Z0-9+.-]*:[^\s\\]*$/.test(text);
}

const formats: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ["date", isTime("2006-01-02")],
  ["time", isTime("15:04:05", "15:04:05Z07:00")],
  ["date-time", isTime("2006-01-02T15:04:05Z07:00")],
  ["email", (text) => /^[^\s@<>]+@[^\s@<>]+$/.test(text)],
  ["hostname", isHostname],
  ["ipv4", (text) => !text.includes(":") && parseAddress(text) !== undefined],
  ["ipv6", (text) => text.includes(":") && parseAddress(text) !== undefined],
  ["uri", isUri],
  ["uri-reference", (text) => !/[\s\\]/.test(text)],
  ["uuid", (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)],
  ["regex", isPattern],
  ["json-pointer", (text) => /^(\/([^~]|~[01])*)*$/.test(text)],
]);

/** Formats that nobody defined hold for every text. */
export function hasFormat(text: string, format: string): boolean {
  return formats.get(format)?.(text) ?? true;
}
